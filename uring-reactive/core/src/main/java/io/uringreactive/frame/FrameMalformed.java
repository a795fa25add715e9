// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.frame;

/** A length prefix that no frame can have: with its adjustment it is negative. */
public final class FrameMalformed extends FrameException {
    private static final long serialVersionUID = 1L;

    FrameMalformed(String message) {
        super(message);
    }
}
