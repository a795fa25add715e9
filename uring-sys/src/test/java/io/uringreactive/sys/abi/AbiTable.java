// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.abi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code io_uring-abi.tsv}: the interface as a C program printed it, newer than most headers. */
final class AbiTable {
    private static final Pattern TAB = Pattern.compile("\t");

    private final Map<String, Long> values = new HashMap<>();
    private final Map<String, String> sinceKernel = new HashMap<>();

    private AbiTable(String text) {
        text.lines().filter(line -> !line.startsWith("#")).forEach(this::add);
    }

    static AbiTable read() {
        try (InputStream in = AbiTable.class.getResourceAsStream("/io_uring-abi.tsv")) {
            byte[] bytes = Objects.requireNonNull(in, "io_uring-abi.tsv").readAllBytes();
            return new AbiTable(new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(String line) {
        List<String> columns = List.of(TAB.split(line));
        if (columns.get(0).equals("const")) {
            String row = "const " + columns.get(1);
            values.put(row, Long.parseLong(columns.get(2)));
            if (columns.size() > 4) {
                sinceKernel.put(row, columns.get(4));
            }
        } else {
            values.put(String.join(" ", columns.subList(0, 3)), Long.parseLong(columns.get(3)));
        }
    }

    /** The value of a row that begins so, or null where there is none. */
    @Nullable Long value(String row) {
        return values.get(row);
    }

    /** The kernel release that brought an opcode. */
    @Nullable String sinceKernel(String row) {
        return sinceKernel.get(row);
    }

    /** All rows: what each begins with. */
    Set<String> rows() {
        return Set.copyOf(values.keySet());
    }

    int size() {
        return values.size();
    }
}
