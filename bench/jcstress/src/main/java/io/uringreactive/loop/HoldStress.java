// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.loop;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.uringreactive.stress.StubRing;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** A ring's descriptor is held just when the ring ends: held, and closed meanwhile. */
@JCStressTest
@Outcome(id = "true, false", expect = ACCEPTABLE, desc = "the ring stays open until it is let go")
@Outcome(id = "false, false", expect = ACCEPTABLE, desc = "refused")
@Outcome(id = ".*, true", expect = FORBIDDEN, desc = "closed while it is held")
@State
public class HoldStress {
    private static final int SPINS = 20;

    private final StubRing ring = new StubRing();
    private final RingLoop loop = new RingLoop(ring, ring, "held");

    public HoldStress() {
        loop.shutdown().request();
    }

    @Actor
    public void sender(ZZ_Result r) {
        if (loop.shutdown().hold()) {
            r.r1 = true;
            for (int i = 0; i < SPINS && !ring.isClosed(); i++) {
                Thread.onSpinWait();
            }
            r.r2 = ring.isClosed();
            loop.shutdown().letGo();
        }
    }

    @Actor
    public void loop() {
        loop.shutdown().advance();
    }
}
