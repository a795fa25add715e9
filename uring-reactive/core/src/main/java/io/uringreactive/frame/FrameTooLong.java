// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.frame;

/** A frame is longer than its reader, or its length prefix, allows. */
public final class FrameTooLong extends FrameException {
    private static final long serialVersionUID = 1L;

    private final long limitBytes;
    private final long foundBytes;

    FrameTooLong(long limitBytes, long foundBytes, String what) {
        super(what + ", above the limit of " + limitBytes);
        this.limitBytes = limitBytes;
        this.foundBytes = foundBytes;
    }

    /** The most that was allowed, in bytes. */
    public long limitBytes() {
        return limitBytes;
    }

    /**
     * What was found, in bytes: the length that a prefix announces ({@link Long#MAX_VALUE} for one
     * that is beyond it), or of a frame that ends with a delimiter as much as had come, which is
     * more than the limit and may be less than all of it.
     */
    public long foundBytes() {
        return foundBytes;
    }
}
