// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.loop;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.uringreactive.stress.StubRing;
import java.util.concurrent.RejectedExecutionException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZI_Result;
import reactor.core.scheduler.Scheduler;

/**
 * A task is scheduled through a worker that is just disposed of: what was accepted is disposed of,
 * what is refused never runs.
 */
@JCStressTest
@Outcome(id = "true, 0", expect = ACCEPTABLE, desc = "refused")
@Outcome(id = "false, 0", expect = ACCEPTABLE, desc = "accepted, and disposed of")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "it outlives its worker")
@State
public class WorkerEndStress {
    private final Scheduled scheduler = new Scheduled(new StubRing());
    private final Scheduler.Worker worker = scheduler.createWorker();
    private int runs;

    @Actor
    public void user(ZI_Result r) {
        try {
            worker.schedule(() -> runs++);
        } catch (RejectedExecutionException e) {
            r.r1 = true;
        }
    }

    @Actor
    public void disposer() {
        worker.dispose();
    }

    @Arbiter
    public void look(ZI_Result r) {
        scheduler.end();
        r.r2 = runs;
    }
}
