// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.uringreactive.sys.abi.Layouts.SqOffsets;
import io.uringreactive.sys.abi.Sqe;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/**
 * Producer side of the submission queue. Confined to the ring's thread; the consumer is the kernel:
 * inside io_uring_enter(2), or a thread of its own ({@link SubmissionPolling}). Both indices are
 * accessed with acquire and release.
 */
final class SubmissionQueue {
    private static final VarHandle INT = JAVA_INT.varHandle();

    private final MemorySegment ring;
    private final Sqe sqe;
    private final long headOffset;
    private final long tailOffset;
    private final long flagsOffset;
    private final int entries;

    /** SQEs handed out; the kernel sees them once {@link #publish()} has stored it as the tail. */
    private int reservedTail;

    private int publishedTail;

    SubmissionQueue(MemorySegment ring, MemorySegment sqes, MemorySegment offsets, int entries) {
        this.ring = ring;
        this.sqe = new Sqe(sqes);
        this.headOffset = offsets.get(JAVA_INT, SqOffsets.HEAD);
        this.tailOffset = offsets.get(JAVA_INT, SqOffsets.TAIL);
        this.flagsOffset = offsets.get(JAVA_INT, SqOffsets.FLAGS);
        this.entries = entries;
        this.reservedTail = ring.get(JAVA_INT, tailOffset);
        this.publishedTail = reservedTail;
    }

    /** Kernels before 6.6 read an index per entry; ours are always in order. */
    void fillIndexArray(long arrayOffset) {
        for (int i = 0; i < entries; i++) {
            ring.set(JAVA_INT, arrayOffset + (long) i * Integer.BYTES, i);
        }
    }

    int entries() {
        return entries;
    }

    /** SQEs that the kernel has not consumed. */
    int unconsumed() {
        // Acquire pairs with the kernel's release after it has copied the SQE: the slot is ours.
        return reservedTail - (int) INT.getAcquire(ring, headOffset);
    }

    /** SQEs that the kernel has not been shown. */
    int unpublished() {
        return reservedTail - publishedTail;
    }

    /** As {@link CompletionQueue#wraps()}, for SQEs that the kernel has not consumed. */
    boolean wraps() {
        int head = (int) INT.getAcquire(ring, headOffset);
        return Integer.compareUnsigned(head, reservedTail) > 0;
    }

    boolean isFull() {
        return unconsumed() == entries;
    }

    Sqe reserve() {
        assert !isFull() : "the submission queue is full";
        return sqe.moveTo(reservedTail++ & (entries - 1));
    }

    void publish() {
        // Release pairs with the kernel's acquire of the tail: it sees the SQEs whole.
        INT.setRelease(ring, tailOffset, reservedTail);
        publishedTail = reservedTail;
    }

    /**
     * As {@link #flags()}, but not before the kernel's thread can see what was published: it looks
     * at the tail once more after it has said NEED_WAKEUP, and one of the two must see the other
     * (io_uring_setup(2), SQPOLL).
     */
    int flagsBehindPublished() {
        VarHandle.fullFence();
        return flags();
    }

    /** {@link io.uringreactive.sys.abi.SqRingFlags} as of now. */
    int flags() {
        return (int) INT.getAcquire(ring, flagsOffset);
    }
}
