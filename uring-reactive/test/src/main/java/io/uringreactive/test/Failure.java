// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import java.util.Arrays;

/**
 * What went wrong, apart from how often and with which numbers: two runs with equal failures fail
 * for the same reason, as far as that can be told from outside.
 */
record Failure(String kind) {
    /**
     * The type and the beginning of the message. What a test compares itself says nothing by that
     * ("expected: ..."), so there the line counts too.
     */
    static Failure of(Throwable thrown) {
        String message = String.valueOf(thrown.getMessage());
        String first = message.lines().findFirst().orElse("");
        String shape = first.replaceAll("\\d+", "N").replaceFirst(":.*", "");
        boolean compared = thrown.getClass().getName().startsWith("org.opentest4j");
        boolean silent = thrown.getMessage() == null;
        return new Failure(
                thrown.getClass().getName()
                        + ": "
                        + shape
                        + (compared || silent ? at(thrown) : ""));
    }

    private static String at(Throwable thrown) {
        return Arrays.stream(thrown.getStackTrace())
                .filter(frame -> !frame.getClassName().startsWith("org."))
                .findFirst()
                .map(frame -> " at " + frame.getFileName() + ":" + frame.getLineNumber())
                .orElse("");
    }
}
