// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.frame;

import io.netty.buffer.ByteBuf;

/** Looks for the delimiter after a frame, at each byte once, across buffers. */
interface FrameEnd {
    /**
     * Goes on in {@code input}, which follows what it has seen so far.
     *
     * @return how many readable bytes there are up to and with the delimiter's last one; 0 when the
     *     delimiter does not end here
     */
    int find(ByteBuf input);

    /**
     * How many of the last bytes are the delimiter that was found; or, when none was, how many may
     * yet turn out to be the beginning of one.
     */
    int tailBytes();

    /** The longest delimiter. */
    int tailBytesMax();
}
