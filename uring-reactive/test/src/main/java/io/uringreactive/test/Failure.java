// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import java.util.Arrays;

/**
 * What went wrong, apart from how often and with which numbers: two runs with equal failures fail
 * for the same reason, as far as that can be told from outside.
 */
record Failure(String kind) {
    /**
     * The type and the beginning of the message of what is behind it all. What a test compares
     * itself says nothing by that ("expected: ..."), so there the line counts too.
     */
    static Failure of(Throwable thrown) {
        Throwable root = root(thrown);
        String message = root.getMessage();
        String first = String.valueOf(message).lines().findFirst().orElse("");
        String shape = first.replaceAll("\\d+", "N").replaceFirst(":.*", "");
        String type = root.getClass().getName();
        boolean compared = type.startsWith("org.opentest4j");
        return new Failure(type + ": " + shape + (compared || message == null ? at(root) : ""));
    }

    private static Throwable root(Throwable thrown) {
        Throwable root = thrown;
        for (Throwable next = root; next != null; next = next.getCause()) {
            root = next;
        }
        return root;
    }

    /** Whether it is that the run had no end, which is seen only after a while. */
    boolean isEndless() {
        return kind.contains(Choices.ENDLESS);
    }

    private static String at(Throwable thrown) {
        return Arrays.stream(thrown.getStackTrace())
                .filter(frame -> !frame.getClassName().startsWith("org."))
                .findFirst()
                .map(frame -> " at " + frame.getFileName() + ":" + frame.getLineNumber())
                .orElse("");
    }
}
