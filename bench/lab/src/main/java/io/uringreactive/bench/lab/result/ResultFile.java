// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Results as JSON, indented, for people and for a version control's differences. */
public final class ResultFile {
    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();

    public static String json(Result result) {
        return MAPPER.writeValueAsString(result) + "\n";
    }

    public static void write(Result result, Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, json(result));
    }

    public static Result read(Path file) throws IOException {
        try {
            return MAPPER.readValue(Files.readString(file), Result.class);
        } catch (JacksonException e) {
            throw new IOException(file + " is no result: " + e.getOriginalMessage(), e);
        }
    }

    private ResultFile() {}
}
