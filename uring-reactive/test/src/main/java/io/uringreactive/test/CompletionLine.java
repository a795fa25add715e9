// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import io.uringreactive.sys.ring.CompletionHandler;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * A ring's completion queue, and the list that the kernel keeps aside while that is full
 * (IORING_FEAT_NODROP): nothing is lost, but only an enter brings it out.
 */
final class CompletionLine {
    private record Cqe(long userData, int result, int flags) {}

    private int entries;
    private final Queue<Cqe> queue = new ArrayDeque<>();
    private final Queue<Cqe> overflow = new ArrayDeque<>();
    private long overflows;
    private long drained;

    CompletionLine(int entries) {
        this.entries = entries;
    }

    void resize(int value) {
        entries = value;
        flush();
    }

    boolean isFull() {
        return queue.size() == entries || !overflow.isEmpty();
    }

    int size() {
        return queue.size();
    }

    boolean hasOverflow() {
        return !overflow.isEmpty();
    }

    void add(long userData, int result, int flags) {
        Cqe cqe = new Cqe(userData, result, flags);
        if (isFull()) {
            overflow.add(cqe);
            overflows++;
        } else {
            queue.add(cqe);
        }
    }

    /** What an enter does first with what was kept aside. */
    void flush() {
        while (queue.size() < entries && !overflow.isEmpty()) {
            queue.add(overflow.remove());
        }
    }

    int drain(CompletionHandler handler, int limit) {
        int count = Math.min(queue.size(), limit);
        for (int i = 0; i < count; i++) {
            Cqe cqe = queue.remove();
            drained++;
            handler.onCompletion(cqe.userData, cqe.result, cqe.flags);
        }
        return count;
    }

    long overflows() {
        return overflows;
    }

    long drained() {
        return drained;
    }

    @Override
    public String toString() {
        return "CQEs " + queue.size() + (hasOverflow() ? " and an overflow" : "");
    }
}
