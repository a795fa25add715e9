// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import io.uringreactive.ReceiveMode;
import io.uringreactive.buffer.BufferPool;
import io.uringreactive.op.Receive;
import io.uringreactive.sys.abi.Sqe;

/**
 * The decision to arm a receive, as a pure function.
 *
 * @param how NONE when there is no room worth arming for
 * @param bytes the credit, or the length of a one-shot receive; 0 where there is no limit
 */
record Arming(How how, int bytes) {
    enum How {
        NONE,
        ONE_SHOT,
        CREDIT,
        UNBOUNDED
    }

    /** After so many bytes of one socket at one go, the kernel lets others have a turn. */
    private static final int TURN_BYTES = 64 * 1024;

    private static final Arming NONE = new Arming(How.NONE, 0);
    private static final Arming UNBOUNDED = new Arming(How.UNBOUNDED, 0);

    /**
     * An armed credit cannot be topped up, so it is given only when nothing is armed and at least
     * half of the window is free: queued plus armed never exceed the window, and a CQE's overshoot
     * is less than one buffer.
     */
    static Arming decide(
            ReceiveMode mode, boolean unboundedDemand, int queuedBytes, int windowBytes) {
        if (unboundedDemand) {
            return UNBOUNDED;
        }
        int roomBytes = windowBytes - queuedBytes;
        if (roomBytes < windowBytes / 2) {
            return NONE;
        }
        return new Arming(mode == ReceiveMode.CREDIT ? How.CREDIT : How.ONE_SHOT, roomBytes);
    }

    /** Fills in {@code sqe}; there must be something to arm. */
    void prepare(Sqe sqe, int fd, BufferPool buffers) {
        int group = buffers.group();
        switch (how) {
            case ONE_SHOT ->
                    Receive.prepareOnce(sqe, fd, group, Math.min(bytes, buffers.bufferBytes()));
            case CREDIT -> Receive.prepareCredit(sqe, fd, group, bytes, TURN_BYTES);
            case UNBOUNDED -> Receive.prepareUnbounded(sqe, fd, group);
            case NONE -> throw new IllegalStateException("nothing to arm");
        }
    }
}
