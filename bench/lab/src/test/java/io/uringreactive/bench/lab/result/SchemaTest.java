// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.bench.lab.testing.ResultSchema;
import io.uringreactive.bench.lab.testing.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The schema, what is committed beside it, and what this code reads and writes are one form. */
class SchemaTest {
    private static final Path EXAMPLE = Tree.RESULTS.resolve("example.json");

    static List<Path> results() throws IOException {
        try (Stream<Path> files = Files.list(Tree.RESULTS)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .filter(file -> !file.endsWith("schema.json"))
                    .filter(file -> !file.endsWith("jmh.json")) // JMH's own form
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("results")
    void shouldHoldForEveryResultInTheTree(Path file) throws IOException {
        assertEquals(List.of(), ResultSchema.complaints(Files.readString(file)));
    }

    @ParameterizedTest
    @MethodSource("results")
    void shouldBeWrittenAsItWasRead(Path file) throws IOException {
        String again = ResultFile.json(ResultFile.read(file));
        assertTrue(again.equals(Files.readString(file)), file + " is not what the lab writes");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"requestsPerSecond\" : 2|\"requestPerSecond\" : 2",
                "\"otherLoad\" : 0.004|\"otherLoad\" : 7.0",
                "\"kind\" : \"timed\"|\"kind\" : \"measured\"",
                "\"schemaVersion\" : 1|\"schemaVersion\" : 2",
                "\"commit\" : \"unknown\"|\"revision\" : \"unknown\"",
                "\"form\" : \"standard\"|\"form\" : null"
            })
    void shouldRefuse(String good, String bad) throws IOException {
        String example = Files.readString(EXAMPLE);
        assertTrue(example.contains(good), good);
        assertFalse(ResultSchema.complaints(example.replace(good, bad)).isEmpty(), bad);
    }

    @Test
    void shouldKnowEveryMetric() throws IOException {
        String schema = Files.readString(Tree.RESULTS.resolve("schema.json"));
        List<String> names = Tree.strings(schema, "/$defs/metric/enum");
        assertEquals(Stream.of(Metric.values()).map(Metric::key).toList(), names);
    }

    @Test
    void shouldSayWhichFileIsNoResult(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("x.json"), "{\"schemaVersion\": 1, \"a\": 2}");
        IOException refused = assertThrows(IOException.class, () -> ResultFile.read(file));
        assertTrue(refused.toString().contains(file + " is no result: "), refused.toString());
    }
}
