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

/**
 * A task comes while the loop still works at its end: the two run one after the other, so what is
 * confined to the loop stays so.
 */
@JCStressTest
@Outcome(id = "false, 2", expect = ACCEPTABLE, desc = "one after the other")
@Outcome(id = "true, .*", expect = FORBIDDEN, desc = "a late task runs beside the loop itself")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "lost, or run twice")
@State
public class LoopEndStress {
    private final RingLoop loop;
    private final Alone alone = new Alone();

    public LoopEndStress() {
        StubRing ring = new StubRing();
        loop = new RingLoop(ring, ring, "ending");
        loop.shutdown().request();
        // The last that a loop does after its ring is closed.
        loop.shutdown().done().doFinally(signal -> alone.run()).subscribe();
    }

    @Actor
    public void loop() {
        loop.run();
    }

    @Actor
    public void producer() {
        loop.execute(alone);
    }

    @Arbiter
    public void look(ZI_Result r) {
        r.r1 = alone.overlapped();
        r.r2 = alone.runs();
    }
}
