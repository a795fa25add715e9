// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.frame;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * What turns buffers into frames: pure bookkeeping, without demand or signals, which are {@link
 * FrameSubscriber}'s. One per subscription, used by one thread at a time. Once a method has failed
 * only {@link #release()} may follow.
 */
interface Conversion<T> {
    /** Takes {@code input} over. Called first, and whenever {@link #next()} has returned null. */
    void feed(ByteBuf input);

    /** The next frame, which is the caller's; null when that takes more input. */
    @Nullable T next() throws FrameException;

    /** Called once, when there is no more input: the last frame, or null where none is left. */
    @Nullable T end() throws FrameException;

    /** Releases what it holds. */
    void release();
}
