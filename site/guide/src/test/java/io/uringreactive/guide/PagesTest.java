// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.guide;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.TransportException;
import io.uringreactive.sys.ring.RingFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the site's pages say of the code, where it can be compared with it. */
class PagesTest {
    private static final Path ROOT = root();
    private static final Path PAGES = ROOT.resolve("site/pages");

    private static final Pattern HEADING = Pattern.compile("(?m)^### `(.+)`$");

    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\n]|\\\\.)*)\"");

    /** Where a sentence goes on in the next literal. */
    private static final Pattern CONCATENATION = Pattern.compile("\"\\s*\\+\\s*\"");

    private static final List<String> SOURCES =
            List.of("uring-sys", "uring-reactive", "baseline-epoll");

    /** The literals of each source file, one to a line. */
    private static final List<String> LITERALS = literals();

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(folder.resolve("uring"))) {
            Path parent = folder.getParent();
            if (parent == null) {
                throw new AssertionError("no launcher above this module");
            }
            folder = parent;
        }
        return folder;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> literals() {
        return SOURCES.stream()
                .flatMap(folder -> javaBelow(ROOT.resolve(folder)))
                .map(file -> CONCATENATION.matcher(read(file)).replaceAll(""))
                .map(text -> matches(LITERAL, text).collect(Collectors.joining("\n")))
                .toList();
    }

    private static Stream<Path> javaBelow(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files
                    .filter(file -> file.toString().contains("/src/main/"))
                    .filter(file -> file.toString().endsWith(".java"))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results().map((MatchResult match) -> match.group(1));
    }

    /** Whether the parts of {@code message} between its dots follow each other in one file. */
    private static boolean isSaid(String message) {
        String[] parts = message.split(Pattern.quote("..."), -1);
        Pattern sequence =
                Pattern.compile(
                        Arrays.stream(parts).map(Pattern::quote).collect(Collectors.joining(".*?")),
                        Pattern.DOTALL);
        return LITERALS.stream().map(sequence::matcher).anyMatch(Matcher::find);
    }

    static Stream<String> messages() {
        return matches(HEADING, read(PAGES.resolve("operations/troubleshooting.md")));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void shouldQuoteWhatTheSourceSays(String message) {
        assertTrue(isSaid(message), () -> "no source says: " + message);
    }

    @Test
    void shouldNoticeAMessageThatNobodySays() {
        assertTrue(messages().count() > 40);
        assertTrue(!isSaid("the port is in disuse"));
        assertTrue(!isSaid("this is ..., io_uring is Windows'"));
    }

    /** Every failure of a connection that the kernel can cause has its place on the page. */
    @Test
    void shouldQuoteEveryErrorOfTheKernel() {
        String errors =
                CONCATENATION
                        .matcher(
                                read(
                                        ROOT.resolve(
                                                "uring-reactive/core/src/main/java/io/uringreactive/TransportErrors.java")))
                        .replaceAll("");
        List<String> said = matches(Pattern.compile("\\(\\s*cause, \"([^\"]+)\""), errors).toList();
        assertTrue(said.size() > 10, said::toString);
        String headings = messages().collect(Collectors.joining("\n"));
        assertEquals(List.of(), said.stream().filter(text -> !headings.contains(text)).toList());
    }

    @Test
    void shouldNameEveryException() {
        String page = read(PAGES.resolve("guide/connections.md"));
        List<String> missing =
                Arrays.stream(TransportException.class.getPermittedSubclasses())
                        .map(Class::getSimpleName)
                        .filter(name -> !page.contains("[`" + name + "`](javadoc:"))
                        .toList();
        assertEquals(List.of(), missing);
    }

    @Test
    void shouldNameEveryMeter() {
        Path metrics =
                ROOT.resolve(
                        "uring-reactive/spring-boot-starter/src/main/java/io/uringreactive/boot/actuate/UringMetrics.java");
        String page = read(PAGES.resolve("guide/metrics.md"));
        List<String> meters =
                matches(
                                Pattern.compile(
                                        "of\\.(?:gauge|counter|seconds|perEnter)\\(\\s*\"([a-z.]+)\""),
                                read(metrics))
                        .toList();
        assertEquals(20, meters.size());
        assertEquals(
                List.of(),
                meters.stream()
                        .filter(
                                name ->
                                        !page.contains("`uring.ring." + name + "`")
                                                && !page.contains("`uring.listener." + name + "`"))
                        .toList());
    }

    /** The table of kernels tells of every release that brings something which is used here. */
    @Test
    void shouldNameEveryKernelThatBringsAFeature() {
        String page = read(PAGES.resolve("operations/kernels.md"));
        List<String> missing =
                Stream.of(
                                RingFeature.RECEIVE_CREDIT,
                                RingFeature.RECEIVE_BUNDLES,
                                RingFeature.NO_IOWAIT,
                                RingFeature.REGISTERED_WAIT,
                                RingFeature.MIN_WAIT,
                                RingFeature.QUERY)
                        .map(RingFeature::sinceLinux)
                        .filter(release -> !page.contains("\n| " + release + " |"))
                        .toList();
        assertEquals(List.of(), missing);
    }
}
