// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.buffer;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.netty.buffer.ByteBuf;
import io.netty.util.IllegalReferenceCountException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZII_Result;

/**
 * A thread that holds nothing retains a buffer while its holder releases it, which is a bug of
 * theirs: it is refused, or it keeps the buffer; the id comes back once in both cases.
 */
@JCStressTest
@Outcome(id = "true, 0, 1", expect = ACCEPTABLE, desc = "retained in time, released later")
@Outcome(id = "false, 0, 1", expect = ACCEPTABLE, desc = "refused")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "given back never, or twice")
@State
public class RetainReleaseStress {
    private final Slab slab = new Slab();
    private final ByteBuf buffer = slab.receive(0);

    @Actor
    public void holder() {
        buffer.release();
    }

    @Actor
    public void stranger(ZII_Result r) {
        try {
            buffer.retain();
            r.r1 = true;
            buffer.release();
        } catch (IllegalReferenceCountException e) {
            r.r1 = false;
        }
    }

    @Arbiter
    public void look(ZII_Result r) {
        r.r2 = slab.outCount();
        r.r3 = slab.back();
    }
}
