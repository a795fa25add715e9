// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.testing;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** bench/results/schema.json, applied. */
public final class ResultSchema {
    /** What is wrong with a result; nothing if it is as described. */
    public static List<String> complaints(String json) throws IOException {
        Schema schema =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(
                                Files.readString(Tree.RESULTS.resolve("schema.json")),
                                InputFormat.JSON);
        return schema.validate(json, InputFormat.JSON).stream().map(Object::toString).toList();
    }

    private ResultSchema() {}
}
