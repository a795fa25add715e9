// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The repository that the tests run in. */
public final class Tree {
    public static final Path ROOT = root();
    public static final Path RESULTS = ROOT.resolve("bench/results");

    private static final JsonMapper MAPPER = JsonMapper.shared();

    public static JsonNode json(String text) {
        return MAPPER.readTree(text);
    }

    /** The strings of the array at a JSON pointer. */
    public static List<String> strings(String text, String pointer) {
        return json(text).at(pointer).valueStream().map(JsonNode::asString).toList();
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("uring"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    private Tree() {}
}
