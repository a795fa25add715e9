// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import io.uringreactive.sys.abi.Sqe;
import java.lang.foreign.Arena;
import java.util.function.Consumer;

/** A submission queue: SQEs that are reserved, of which the kernel may take those it is shown. */
final class SubmissionLine {
    private final int entries;
    private final Sqe sqe;
    private int first;
    private int reserved;
    private int shown;
    private long submitted;

    SubmissionLine(int entries) {
        this.entries = entries;
        this.sqe = new Sqe(Arena.ofAuto().allocate((long) entries * Sqe.SIZE, Long.BYTES));
    }

    int entries() {
        return entries;
    }

    boolean isFull() {
        return reserved == entries;
    }

    Sqe reserve() {
        return sqe.moveTo((first + reserved++) % entries);
    }

    int unsubmitted() {
        return reserved - shown;
    }

    void show(int count) {
        shown += count;
        submitted += count;
    }

    int shown() {
        return shown;
    }

    /** The oldest {@code count} of those that are shown. */
    void take(int count, Consumer<Submission> taker) {
        for (int i = 0; i < count; i++) {
            Submission taken = Submission.of(sqe.lookAt(first));
            first = (first + 1) % entries;
            reserved--;
            shown--;
            taker.accept(taken);
        }
    }

    /** Nobody takes what is left. */
    void forget() {
        shown = 0;
    }

    /** SQEs that the kernel was ever shown. */
    long submitted() {
        return submitted;
    }
}
