// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every pitfall in docs/pitfalls.md has a test that exists, or a reason why it needs none. */
class PitfallsTest {
    private static final Path ROOT = root();
    private static final List<String> MODULES =
            List.of("uring-sys", "uring-reactive/core", "uring-reactive/test");
    private static final Pattern ROW = Pattern.compile("\\| (\\d+) \\| (.+) \\| (.+) \\| (.+) \\|");
    private static final Pattern NAMED = Pattern.compile("`([A-Za-z.]+)#([A-Za-z0-9]+)`");
    private static final int PITFALLS = 54;

    /** Tests run in their module's folder. */
    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docs/pitfalls.md"))) {
            Path parent = folder.getParent();
            if (parent == null) {
                throw new IllegalStateException("docs/pitfalls.md is not above this module");
            }
            folder = parent;
        }
        return folder;
    }

    private static List<Matcher> rows() throws IOException {
        return Files.readAllLines(ROOT.resolve("docs/pitfalls.md")).stream()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .toList();
    }

    @Test
    void shouldListEveryPitfallOnce() throws IOException {
        assertEquals(
                IntStream.rangeClosed(1, PITFALLS).boxed().toList(),
                rows().stream().map(row -> Integer.valueOf(row.group(1))).toList());
    }

    @Test
    void shouldNameATestOrSayWhyNot() throws IOException {
        for (Matcher row : rows()) {
            String guard = row.group(4);
            assertTrue(
                    NAMED.matcher(guard).find() || guard.startsWith("Cannot occur: "), row.group());
        }
    }

    @Test
    void shouldNameOnlyTestsThatExist() throws IOException {
        List<String> missing = new ArrayList<>();
        for (Matcher row : rows()) {
            Matcher named = NAMED.matcher(row.group(4));
            while (named.find()) {
                if (!exists(named.group(1), named.group(2))) {
                    missing.add(row.group(1) + ": " + named.group());
                }
            }
        }
        assertEquals(List.of(), missing);
    }

    @Test
    void shouldNotFindATestThatDoesNotExist() throws IOException {
        assertTrue(exists("test.PitfallsTest", "shouldNotFindATestThatDoesNotExist"));
        assertEquals(false, exists("test.PitfallsTest", "shouldNotFind"));
        assertEquals(false, exists("test.NoSuchTest", "shouldNotFindATestThatDoesNotExist"));
    }

    private static boolean exists(String type, String method) throws IOException {
        String file = "src/test/java/io/uringreactive/" + type.replace('.', '/') + ".java";
        for (String module : MODULES) {
            Path source = ROOT.resolve(module).resolve(file);
            if (Files.exists(source)) {
                Pattern declared = Pattern.compile("Test\\b[^;]*?\\bvoid " + method + "\\(");
                if (declared.matcher(Files.readString(source)).find()) {
                    return true;
                }
            }
        }
        return false;
    }
}
