// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.process;

/** What the reader of the terminal can do something about: its message is all that is shown. */
public final class LabException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public LabException(String message) {
        super(message);
    }

    public LabException(String message, Throwable cause) {
        super(message, cause);
    }
}
