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
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Two threads release two buffers each of one pool: how many are still out, and how many different
 * ids are among the free ones.
 */
@JCStressTest
@Outcome(id = "0, 4", expect = ACCEPTABLE, desc = "all are back")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "one is lost, or there twice")
@State
public class ForeignReleaseStress {
    private final Slab slab = new Slab();
    private final ByteBuf first = slab.receive(0);
    private final ByteBuf second = slab.receive(1);
    private final ByteBuf third = slab.receive(2);
    private final ByteBuf fourth = slab.receive(3);

    @Actor
    public void holder() {
        first.release();
        second.release();
    }

    @Actor
    public void otherHolder() {
        third.release();
        fourth.release();
    }

    @Arbiter
    public void look(II_Result r) {
        r.r1 = slab.outCount();
        r.r2 = slab.back();
    }
}
