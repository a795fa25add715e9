// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The README's Java is real: a block after {@code <!-- source: FILE -->} stands in that file line
 * by line, and any other compiles, as statements.
 */
class ReadmeTest {
    private static final Pattern BLOCK =
            Pattern.compile("(?:<!-- source: (\\S+) -->\n+)?```java\n(.*?)```", Pattern.DOTALL);

    private static final String STATEMENTS =
            """
            package io.uringreactive.cli;
            import io.uringreactive.*;
            import io.uringreactive.frame.*;
            import io.uringreactive.http.*;
            import io.uringreactive.tls.*;
            import java.time.*;
            import javax.net.ssl.*;
            import reactor.core.publisher.*;
            class Statements {
                void run() throws Exception {
                    %s
                }
            }
            """;

    /** A block; {@code source} is empty where it is a snippet of its own. */
    private record Block(String source, String code) {}

    private static Path root() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(directory.resolve("uring"))) {
            directory = Objects.requireNonNull(directory.getParent(), "no launcher above");
        }
        return directory;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<Block> blocks() {
        return BLOCK.matcher(read(root().resolve("README.md")))
                .results()
                .map(
                        match ->
                                new Block(
                                        match.group(1) == null ? "" : match.group(1),
                                        match.group(2)));
    }

    @Test
    void shouldHaveFoundTheBlocks() {
        assertTrue(blocks().anyMatch(block -> block.source().endsWith("/Chat.java")));
        assertTrue(blocks().anyMatch(block -> block.source().isEmpty()));
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void shouldBeReal(Block block) {
        if (block.source().isEmpty()) {
            assertEquals(List.of(), errors(STATEMENTS.formatted(block.code())));
        } else {
            String source = read(root().resolve(block.source()));
            assertTrue(source.contains("\n" + block.code()), () -> "not in " + block.source());
            assertTrue(block.code().lines().count() <= 30, "a reader's patience");
        }
    }

    @Test
    void shouldNoticeWhatDoesNotCompile() {
        assertFalse(errors(STATEMENTS.formatted("UringNet.nothing();")).isEmpty());
    }

    private static List<String> errors(String text) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Assumptions.assumeTrue(compiler != null, "no compiler in this JRE");
        JavaFileObject source =
                new SimpleJavaFileObject(
                        URI.create("string:///io/uringreactive/cli/Statements.java"),
                        JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return text;
                    }
                };
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        List<String> options =
                List.of("-proc:none", "-classpath", System.getProperty("java.class.path"));
        Boolean compiled =
                compiler.getTask(null, null, found, withoutOutput(options), null, List.of(source))
                        .call();
        List<String> messages =
                found.getDiagnostics().stream()
                        .filter(d -> d.getKind() == Diagnostic.Kind.ERROR)
                        .map(Object::toString)
                        .toList();
        assertEquals(compiled, messages.isEmpty());
        return messages;
    }

    /** Checked as far as errors go; class files are written nowhere. */
    private static List<String> withoutOutput(List<String> options) {
        return Stream.concat(
                        options.stream(),
                        Stream.of("-XDshould-stop.at=FLOW", "-XDshould-stop.ifNoError=FLOW"))
                .toList();
    }
}
