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
 * Two rings bring a connection each where one was asked for: how many were emitted, whether two
 * threads emitted at a time, and whether accepting goes on after that.
 */
@JCStressTest
@Outcome(id = "1, false, false", expect = ACCEPTABLE, desc = "one emitted, one held, disarmed")
@Outcome(id = "0, .*", expect = FORBIDDEN, desc = "the demand is lost")
@Outcome(id = ".*, true, .*", expect = FORBIDDEN, desc = "signals overlap")
@Outcome(id = ".*, .*, true", expect = FORBIDDEN, desc = "armed without demand")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "more than was asked for")
@State
public class DemandStress {
    private final Taken taken = new Taken();
    private final Offers offers = new Offers();
    private final Hub<Offers.Item> hub = new Hub<>(taken, offers);

    public DemandStress() {
        hub.open();
        hub.request(1);
    }

    @Actor
    public void ring() {
        hub.add(offers.item());
    }

    @Actor
    public void otherRing() {
        hub.add(offers.item());
    }

    @Arbiter
    public void look(IZZ_Result r) {
        r.r1 = taken.count();
        r.r2 = taken.overlapped();
        r.r3 = offers.isWanted();
    }
}
