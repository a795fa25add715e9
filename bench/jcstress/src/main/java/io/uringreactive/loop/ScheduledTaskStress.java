// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.loop;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.uringreactive.stress.StubRing;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIZ_Result;
import reactor.core.Disposable;
import reactor.core.Disposables;

/**
 * A task is disposed of just when it is to run: how often it ran, how often its owner was told to
 * forget it, and whether it is disposed of.
 */
@JCStressTest
@Outcome(id = "1, 1, true", expect = ACCEPTABLE, desc = "it ran first")
@Outcome(id = "0, 1, true", expect = ACCEPTABLE, desc = "it was disposed of first")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "it did both, or neither")
@State
public class ScheduledTaskStress {
    private final RingLoop loop;
    private final AtomicInteger removals = new AtomicInteger();
    private final ScheduledTask task;
    private int runs;

    public ScheduledTaskStress() {
        StubRing ring = new StubRing();
        loop = new RingLoop(ring, ring, "task");
        task = new ScheduledTask(loop, () -> runs++, 0, new Owner());
    }

    @Actor
    public void loop() {
        task.run();
    }

    @Actor
    public void disposer() {
        task.dispose();
    }

    @Arbiter
    public void look(IIZ_Result r) {
        r.r1 = runs;
        r.r2 = removals.get();
        r.r3 = task.isDisposed();
    }

    /** Counts. */
    private final class Owner implements Disposable.Composite {
        private final Disposable.Composite tasks = Disposables.composite();

        @Override
        public boolean add(Disposable d) {
            return tasks.add(d);
        }

        @Override
        public boolean remove(Disposable d) {
            removals.incrementAndGet();
            return tasks.remove(d);
        }

        @Override
        public int size() {
            return tasks.size();
        }

        @Override
        public void dispose() {
            tasks.dispose();
        }

        @Override
        public boolean isDisposed() {
            return tasks.isDisposed();
        }
    }
}
