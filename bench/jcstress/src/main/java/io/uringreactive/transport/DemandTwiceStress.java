// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.transport;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IZZ_Result;

/**
 * A connection comes just when two are asked for, one after the other: how many were emitted,
 * whether two threads emitted at a time, and whether accepting goes on after that.
 */
@JCStressTest
@Outcome(id = "1, false, true", expect = ACCEPTABLE, desc = "one emitted, armed for the other")
@Outcome(id = "1, false, false", expect = FORBIDDEN, desc = "a demand is lost: nobody accepts")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "lost, or two signals at a time")
@State
public class DemandTwiceStress {
    private final Taken taken = new Taken();
    private final Offers offers = new Offers();
    private final Hub<Offers.Item> hub = new Hub<>(taken, offers);

    public DemandTwiceStress() {
        hub.open();
    }

    @Actor
    public void ring() {
        hub.add(offers.item());
    }

    @Actor
    public void subscriber() {
        hub.request(1);
        hub.request(1);
    }

    @Arbiter
    public void look(IZZ_Result r) {
        r.r1 = taken.count();
        r.r2 = taken.overlapped();
        r.r3 = offers.isWanted();
    }
}
