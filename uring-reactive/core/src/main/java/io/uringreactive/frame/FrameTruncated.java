// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.frame;

/** The input ended within a frame. */
public final class FrameTruncated extends FrameException {
    private static final long serialVersionUID = 1L;

    FrameTruncated(String message) {
        super(message);
    }
}
