// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

import org.jspecify.annotations.Nullable;

/**
 * Whose ring it is: nobody's while DISABLED, the enabling thread's while ENABLED, nobody's again
 * once CLOSED.
 *
 * <p>SINGLE_ISSUER makes the kernel refuse every other thread (-EEXIST), but it looks a registered
 * descriptor up in a table of the calling thread: a loop that entered its neighbour's ring would
 * enter its own instead and never hear of it. And a closed ring's memory is gone: touching it ends
 * the JVM. So both are checked here.
 */
final class RingOwner {
    private enum State {
        DISABLED,
        ENABLED,
        CLOSED
    }

    private State state = State.DISABLED;
    private @Nullable Thread thread;

    boolean isCaller() {
        return state == State.ENABLED && thread == Thread.currentThread();
    }

    void requireCaller(String call) {
        if (!isCaller()) {
            throw new IllegalStateException(call + ": " + refusal());
        }
    }

    void requireDisabled(String call) {
        if (state != State.DISABLED) {
            throw new IllegalStateException(call + ": " + refusal());
        }
    }

    /** The owner, or anybody where there is none or it has ended; nobody twice. */
    void requireMayClose(String call) {
        boolean othersInUse = thread != null && !isCaller() && thread.isAlive();
        if (state == State.CLOSED || othersInUse) {
            throw new IllegalStateException(call + ": " + refusal());
        }
    }

    void enabled() {
        state = State.ENABLED;
        thread = Thread.currentThread();
    }

    void closed() {
        state = State.CLOSED;
    }

    /** Why the caller may not. */
    String refusal() {
        return "the ring is "
                + state
                + (thread == null ? "" : " and belongs to " + thread.getName())
                + ", the caller is "
                + Thread.currentThread().getName();
    }
}
