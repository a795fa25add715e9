// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

/** A ring's wait in an enter: for CQEs, for a while, until somebody wakes it, or for room. */
final class RingWait {
    private final VirtualClock clock;
    private final CompletionLine completions;
    private final SubmissionLine submissions;

    /** When it ends whatever has come; {@link Long#MAX_VALUE} for never. */
    private long end;

    /** How many CQEs end it before, and from when on one is enough (Linux 6.12). */
    private int wanted = 1;

    private long contentFrom;
    private boolean woken;

    /** IORING_ENTER_SQ_WAIT: only room among the SQEs ends it. */
    private boolean forRoom;

    RingWait(VirtualClock clock, CompletionLine completions, SubmissionLine submissions) {
        this.clock = clock;
        this.completions = completions;
        this.submissions = submissions;
    }

    void forRoom(boolean value) {
        forRoom = value;
    }

    /** For none: it ends at once. */
    void none() {
        begin(0, 1, 0);
    }

    void begin(long timeoutNanos, int count, long minWaitNanos) {
        end = clock.after(timeoutNanos);
        wanted = count;
        contentFrom = clock.after(minWaitNanos);
    }

    void over() {
        woken = false;
    }

    void wake() {
        woken = true;
    }

    boolean isOver() {
        return forRoom
                ? !submissions.isFull()
                : completions.size() >= wanted || clock.now() >= endsAt();
    }

    /** When it ends by itself, as things are; {@link Long#MAX_VALUE} for never. */
    long endsAt() {
        return forRoom ? Long.MAX_VALUE : Math.min(end, endOfBatch());
    }

    /** When one CQE is enough, if it is there; {@link Long#MAX_VALUE} if nothing ends it so. */
    long endOfBatch() {
        boolean hasOne = completions.size() > 0 || woken;
        return hasOne && !forRoom ? contentFrom : Long.MAX_VALUE;
    }

    @Override
    public String toString() {
        return woken ? ", woken" : "";
    }
}
