// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.loop;

/** What a successful CQE hands over, and what must be given back when nobody wants it any more. */
public enum Carries {
    NOTHING,
    /** The result is a new file descriptor. */
    DESCRIPTOR,
    /** The flags may name a provided buffer. */
    BUFFER;

    private static final Carries[] BY_CODE = values();

    int code() {
        return switch (this) {
            case NOTHING -> 0;
            case DESCRIPTOR -> 1;
            case BUFFER -> 2;
        };
    }

    static Carries ofCode(int code) {
        return BY_CODE[code];
    }
}
