// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Rows of text below a header; the first column is words, the others are figures. */
final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    Table(List<String> header) {
        rows.add(header);
    }

    void add(List<String> row) {
        if (row.size() != rows.getFirst().size()) {
            throw new IllegalArgumentException(row + " below " + rows.getFirst());
        }
        rows.add(row);
    }

    /** In columns, figures to the right. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                String format = column == 0 ? "  %-" + width(0) + "s" : "  %" + width(column) + "s";
                line.append(format.formatted(row.get(column)));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    String markdown() {
        List<String> lines = new ArrayList<>(rows.stream().map(Table::cells).toList());
        List<String> rule = new ArrayList<>(Collections.nCopies(rows.getFirst().size(), "---:"));
        rule.set(0, "---");
        lines.add(1, cells(rule));
        return String.join("\n", lines) + "\n";
    }

    private static String cells(List<String> row) {
        return "| " + String.join(" | ", row) + " |";
    }

    private int width(int column) {
        return Math.max(1, rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(1));
    }
}
