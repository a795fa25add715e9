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
        if (chance.happens(Fault.DELAY)) {
            clock.at(clock.after(chance.delayNanos()), () -> ready.add(task));
        } else {
            ready.add(task);
        }
    }

    boolean isEmpty() {
        return ready.isEmpty();
    }

    /** Does one of the tasks: the oldest, or by {@link Fault#REORDERING} any. */
    void runOne() {
        int index = chance.happens(Fault.REORDERING) ? chance.below(ready.size()) : 0;
        KernelTask task = ready.remove(index);
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
