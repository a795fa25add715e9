// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

import io.uringreactive.sys.abi.EnterFlags;
import io.uringreactive.sys.abi.SqRingFlags;

/**
 * How what a ring has reserved gets to the kernel, and how it waits: by the enter of its thread, or
 * by a thread of the kernel's that polls. Confined to the ring's thread.
 */
abstract sealed class Submitter {
    private final RingEntry entry;
    private SubmissionQueue queue;
    private long enters;
    private long submitted;
    private long overflows;

    private Submitter(SubmissionQueue queue, RingEntry entry) {
        this.queue = queue;
        this.entry = entry;
    }

    static Submitter of(SubmissionQueue queue, RingEntry entry, RingConfig config) {
        return config.polling() == null ? new Entering(queue, entry) : new Polled(queue, entry);
    }

    final SubmissionQueue queue() {
        return queue;
    }

    /** After a resize, which brings along what the old queue held. */
    final void replaceQueue(SubmissionQueue resized) {
        queue = resized;
    }

    /** Where only an enter brings in the CQEs that the kernel keeps aside. */
    final boolean hasOverflow() {
        return (queue.flags() & SqRingFlags.CQ_OVERFLOW) != 0;
    }

    /** SQEs reserved and not yet submitted. */
    abstract int pending();

    /** Submits, without waiting. */
    abstract void submit();

    /** Submits, and waits as {@link Ring#enter(long, int, int)} does. */
    abstract void submitAndWait(long timeoutNanos, int completions, int minWaitMicros);

    /** Submits from a full queue; perhaps before there is room. */
    abstract void makeRoom();

    final void countEnter() {
        enters++;
        if (hasOverflow()) {
            overflows++;
        }
    }

    final void countSubmitted(int sqes) {
        submitted += sqes;
    }

    final RingEntry entry() {
        return entry;
    }

    final RingCounters counters(long drained) {
        return new RingCounters(enters, submitted, drained, overflows);
    }

    private static final class Entering extends Submitter {
        Entering(SubmissionQueue queue, RingEntry entry) {
            super(queue, entry);
        }

        @Override
        int pending() {
            return queue().unconsumed();
        }

        @Override
        void submit() {
            countSubmitted(entry().enter(publish(), 0));
        }

        @Override
        void submitAndWait(long timeoutNanos, int completions, int minWaitMicros) {
            int consumed = entry().enter(publish(), 0, timeoutNanos, completions, minWaitMicros);
            countSubmitted(consumed);
        }

        @Override
        void makeRoom() {
            submit();
        }

        private int publish() {
            queue().publish();
            countEnter();
            return queue().unconsumed();
        }
    }

    /** Submitted is what the kernel's thread can see; it asks to be woken by NEED_WAKEUP. */
    private static final class Polled extends Submitter {
        Polled(SubmissionQueue queue, RingEntry entry) {
            super(queue, entry);
        }

        @Override
        int pending() {
            return queue().unpublished();
        }

        @Override
        void submit() {
            int wakeUp = show();
            if (wakeUp != 0 || hasOverflow()) {
                countEnter();
                entry().enter(0, wakeUp);
            }
        }

        @Override
        void submitAndWait(long timeoutNanos, int completions, int minWaitMicros) {
            int wakeUp = show();
            countEnter();
            entry().enter(0, wakeUp, timeoutNanos, completions, minWaitMicros);
        }

        @Override
        void makeRoom() {
            int wakeUp = show();
            countEnter();
            entry().enter(0, wakeUp | EnterFlags.SQ_WAIT);
        }

        /** Returns SQ_WAKEUP where the thread sleeps, else 0. */
        private int show() {
            countSubmitted(queue().unpublished());
            queue().publish();
            boolean asleep = (queue().flagsBehindPublished() & SqRingFlags.NEED_WAKEUP) != 0;
            return asleep ? EnterFlags.SQ_WAKEUP : 0;
        }
    }
}
