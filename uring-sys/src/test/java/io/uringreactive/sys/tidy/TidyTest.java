// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.sys.testing.SourceTree;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds {@link TidyRule} against the whole repository, and each rule against a bad example. */
class TidyTest {
    private static final Path ROOT = SourceTree.root();

    /** Longer than a file should be, and known to be. This list may only shrink. */
    private static final Set<String> LONG_FILES =
            Set.of(
                    "bench/cli/src/test/java/io/uringreactive/cli/RequestScannerTest.java",
                    "uring-reactive/core/src/main/java/io/uringreactive/buffer/ReceivedByteBuf.java");

    private static final Path SAMPLE = ROOT.resolve("uring-sys/src/main/java/Sample.java");

    private static final List<Path> JAVA = SourceTree.files(".java");
    private static final List<Path> MARKDOWN = SourceTree.files(".md");

    @Test
    void shouldHaveFoundTheSources() {
        assertTrue(JAVA.stream().anyMatch(file -> file.endsWith("sys/ring/KernelRing.java")));
        assertTrue(JAVA.stream().anyMatch(file -> file.endsWith("sys/tidy/TidyTest.java")));
        assertTrue(JAVA.stream().noneMatch(file -> file.toString().contains("/target/")));
    }

    @ParameterizedTest
    @EnumSource
    void shouldHoldInAllSources(TidyRule rule) {
        List<String> complaints =
                files(rule)
                        .filter(file -> !isExcepted(rule, file))
                        .flatMap(file -> complaints(rule, file))
                        .toList();
        assertEquals(List.of(), complaints, () -> rule + ": " + String.join("\n", complaints));
    }

    @TestFactory
    Stream<DynamicTest> shouldStillNeedTheExceptionFor() {
        return LONG_FILES.stream()
                .map(
                        name ->
                                DynamicTest.dynamicTest(
                                        name,
                                        () -> {
                                            Stream<String> complaints =
                                                    complaints(TidyRule.LENGTH, ROOT.resolve(name));
                                            assertFalse(complaints.toList().isEmpty());
                                        }));
    }

    private static Stream<Path> files(TidyRule rule) {
        return switch (rule) {
            case BROKEN_LINK -> MARKDOWN.stream();
            case EM_DASH -> Stream.concat(JAVA.stream(), MARKDOWN.stream());
            // Tests may look at raw memory; what runs in production may not.
            case RESTRICTED_OUTSIDE_LIBC ->
                    JAVA.stream().filter(file -> file.toString().contains("/src/main/"));
            default -> JAVA.stream();
        };
    }

    private static boolean isExcepted(TidyRule rule, Path file) {
        return rule == TidyRule.LENGTH && LONG_FILES.contains(ROOT.relativize(file).toString());
    }

    private static Stream<String> complaints(TidyRule rule, Path file) {
        return rule.complaints(file, SourceTree.read(file)).stream()
                .map(complaint -> ROOT.relativize(file) + ":" + complaint);
    }

    @ParameterizedTest
    @EnumSource
    void shouldFindItsBadExamples(TidyRule rule) {
        for (String bad : bad(rule)) {
            assertFalse(rule.complaints(SAMPLE, bad).isEmpty(), rule + " accepts: " + bad);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldAcceptItsGoodExamples(TidyRule rule) {
        for (String good : good(rule)) {
            assertEquals(List.of(), rule.complaints(SAMPLE, good), rule + " refuses: " + good);
        }
    }

    @Test
    void shouldNameTheLine() {
        String source = "class A {\n  // fine\n  void f() { verifyComplete(); }\n}\n";
        assertEquals(
                List.of("3: verifyComplete("), TidyRule.VERIFY_COMPLETE.complaints(SAMPLE, source));
    }

    @Test
    void shouldAllowRestrictedMethodsInThePackageOfTheCalls() {
        Path libc = ROOT.resolve("uring-sys/src/main/java/io/uringreactive/sys/libc/New.java");
        String source = "@SuppressWarnings(\"restricted\") class New {}";
        assertEquals(List.of(), TidyRule.RESTRICTED_OUTSIDE_LIBC.complaints(libc, source));
    }

    private static List<String> bad(TidyRule rule) {
        return switch (rule) {
            case LENGTH -> List.of("\n".repeat(TidyRule.LINES_MAX + 1));
            case BANNED_WORD ->
                    List.of(
                            "class StringUtils {}",
                            "final class Util {}",
                            "interface RingManager {}",
                            "record HelperState(int a) {}",
                            "enum TestHelpers {}",
                            "class ConnectionImpl {}",
                            "class ImplBase<T> {}",
                            "void f() { Object ringBuffer = null; }",
                            "class MyRingBuffers {}");
            case SLEEP ->
                    List.of(
                            "Thread.sleep(10);",
                            "Thread . sleep(10);",
                            "import static java.lang.Thread.sleep;",
                            "TimeUnit.SECONDS.sleep(1);");
            case VERIFY_COMPLETE ->
                    List.of("verifier.verifyComplete();", "a\n  .verifyComplete ()");
            case TODO_WITHOUT_ISSUE ->
                    List.of(
                            "// TODO later",
                            "/* TODO: #x */",
                            "/** FIXME #12 */",
                            "int a; // XXX",
                            "// TODO(me) #12");
            case EM_DASH -> List.of("a \u2014 b", "// so \u2014 not");
            case RESTRICTED_OUTSIDE_LIBC ->
                    List.of(
                            "@SuppressWarnings(\"restricted\") class A {}",
                            "@SuppressWarnings({\"unused\", \"restricted\"}) class A {}",
                            "@SuppressWarnings(value = \"restricted\") class A {}");
            case BROKEN_LINK ->
                    List.of(
                            "See [this](nowhere.md).",
                            "See [this](nowhere.md#part).",
                            "![picture](../none/picture.png \"title\")",
                            "`code` and [this](<nowhere.md>)");
        };
    }

    private static List<String> good(TidyRule rule) {
        return switch (rule) {
            case LENGTH -> List.of("\n".repeat(TidyRule.LINES_MAX));
            case BANNED_WORD ->
                    List.of(
                            "class Implementation {}",
                            "class Utility {}",
                            "class BufferRing {}",
                            "import org.example.ObjectUtils;",
                            "import org.example.IoUringBufferRing;",
                            "// a class Utils would say nothing",
                            "String s = \"class Utils\";");
            case SLEEP -> List.of("// Thread.sleep is a guess", "String s = \"Thread.sleep(1)\";");
            case VERIFY_COMPLETE ->
                    List.of(
                            "verifier.expectComplete().verify(PATIENCE);",
                            "/** Not {@code verifyComplete()}. */");
            case TODO_WITHOUT_ISSUE ->
                    List.of(
                            "// TODO #12: faster",
                            "// TODO(#12)",
                            "String s = \"TODO\";",
                            "int TODO = 1;",
                            "// TODOS are plural");
            case EM_DASH -> List.of("a - b", "a \u2013 b");
            case RESTRICTED_OUTSIDE_LIBC ->
                    List.of(
                            "@SuppressWarnings(\"unchecked\") class A {}",
                            "// not @SuppressWarnings(\"restricted\")");
            case BROKEN_LINK ->
                    List.of(
                            "[module](module-info.java) [part](module-info.java#part)",
                            "[web](https://example.org/a(b)) [mail](mailto:a@example.org)",
                            "[here](#part)",
                            "```\n[code](nowhere.md)\n```",
                            "`[code](nowhere.md)`");
        };
    }
}
