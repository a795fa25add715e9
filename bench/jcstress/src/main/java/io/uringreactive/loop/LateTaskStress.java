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
import org.openjdk.jcstress.infra.results.I_Result;

/** A task reaches a loop that is just ending: it runs, on whichever thread, and once. */
@JCStressTest
@Outcome(id = "1", expect = ACCEPTABLE, desc = "ran once")
@Outcome(id = "0", expect = FORBIDDEN, desc = "lost")
@Outcome(id = "[2-9]", expect = FORBIDDEN, desc = "ran more than once")
@State
public class LateTaskStress {
    private final RingLoop loop;
    private int runs;

    public LateTaskStress() {
        StubRing ring = new StubRing();
        loop = new RingLoop(ring, ring, "late");
        loop.shutdown().request();
    }

    @Actor
    public void loop() {
        loop.run();
    }

    @Actor
    public void producer() {
        loop.execute(() -> runs++);
    }

    @Arbiter
    public void look(I_Result r) {
        r.r1 = runs;
    }
}
