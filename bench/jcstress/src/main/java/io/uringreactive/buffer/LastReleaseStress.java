// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.buffer;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.netty.buffer.ByteBuf;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * Two threads release a buffer that each of them holds: how many of them were the last, how many
 * buffers are still out, and how often the buffer's id is on the stack of free ones.
 */
@JCStressTest
@Outcome(id = "1, 0, 1", expect = ACCEPTABLE, desc = "the last release gives the id back, once")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "never, or twice")
@State
public class LastReleaseStress {
    private final Slab slab = new Slab();
    private final ByteBuf buffer = slab.receive(0).retain();
    private boolean last;
    private boolean otherLast;

    @Actor
    public void holder() {
        last = buffer.release();
    }

    @Actor
    public void otherHolder() {
        otherLast = buffer.release();
    }

    @Arbiter
    public void look(III_Result r) {
        r.r1 = (last ? 1 : 0) + (otherLast ? 1 : 0);
        r.r2 = slab.outCount();
        r.r3 = slab.back();
    }
}
