// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/**
 * A loop is woken just when its ring is closed, with a real eventfd: a write to the closed
 * descriptor would be one to a stranger's.
 */
@JCStressTest
@Outcome(id = "false", expect = ACCEPTABLE, desc = "woken before, or not at all")
@Outcome(id = "true", expect = FORBIDDEN, desc = "written to a descriptor that is closed")
@State
public class WakeUpCloseStress {
    private final WakeUp wakeUp = WakeUp.open();

    @Actor
    public void waker(Z_Result r) {
        try {
            wakeUp.wake();
        } catch (IllegalStateException e) {
            r.r1 = true; // EBADF
        }
    }

    @Actor
    public void loop() {
        wakeUp.close();
    }
}
