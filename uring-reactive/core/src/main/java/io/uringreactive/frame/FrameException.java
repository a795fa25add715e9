// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.frame;

import java.io.IOException;

/** The peer's bytes are not the frames that they should be. Nothing after it can be understood. */
public abstract sealed class FrameException extends IOException
        permits FrameTooLong, FrameMalformed, FrameTruncated {
    private static final long serialVersionUID = 1L;

    FrameException(String message) {
        super(message);
    }
}
