// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import java.util.ArrayList;
import java.util.List;

/** The kernel's tasks that are ready, each once. */
final class WorkQueue {
    private final List<KernelTask> ready = new ArrayList<>();
    private final Chance chance;
    private final VirtualClock clock;
    private final Trace trace;

    WorkQueue(Chance chance, VirtualClock clock, Trace trace) {
        this.chance = chance;
        this.clock = clock;
        this.trace = trace;
    }

    /** Takes {@code task} in if it is ready and not here yet. */
    void offer(KernelTask task) {
        if (task.queued || !task.ready()) {
            return;
        }
        task.queued = true;
        long delay = chance.delayNanos();
        if (delay > 0) {
            trace.add("not yet: " + task.describe());
            clock.at(clock.after(delay), () -> ready.add(task));
        } else {
            ready.add(task);
        }
    }

    boolean isEmpty() {
        return ready.isEmpty();
    }

    /** Does one of the tasks: the oldest, or by {@link Fault#REORDERING} any. */
    void runOne() {
        KernelTask task = ready.remove(chance.place(Fault.REORDERING, ready.size()));
        task.queued = false;
        // Between its offer and now another task may have taken what this one waited for.
        if (task.ready()) {
            trace.add(task.describe());
            task.run();
            offer(task);
        }
    }

    List<String> describe() {
        return ready.stream().map(KernelTask::describe).toList();
    }
}
