// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.loop;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.uringreactive.stress.StubRing;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZI_Result;

/** Tasks of two threads, and one that comes out of a task, reach a loop after its end. */
@JCStressTest
@Outcome(id = "false, 3", expect = ACCEPTABLE, desc = "one at a time, each once")
@Outcome(id = "true, .*", expect = FORBIDDEN, desc = "two at a time")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "lost, or run twice")
@State
public class LateTasksStress {
    private final RingLoop loop;
    private final Alone alone = new Alone();

    public LateTasksStress() {
        StubRing ring = new StubRing();
        loop = new RingLoop(ring, ring, "late");
        loop.shutdown().request();
        loop.run();
    }

    @Actor
    public void producer() {
        loop.execute(alone);
    }

    @Actor
    public void otherProducer() {
        loop.execute(
                () -> {
                    loop.execute(alone);
                    alone.run();
                });
    }

    @Arbiter
    public void look(ZI_Result r) {
        r.r1 = alone.overlapped();
        r.r2 = alone.runs();
    }
}
