// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.transport;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A ring brings two connections just when the subscriber, which has asked for one, cancels: how
 * many it got, and how many were disposed of.
 */
@JCStressTest
@Outcome(id = "0, 2", expect = ACCEPTABLE, desc = "cancelled first")
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "one was emitted before")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "a connection that nobody has, or two have")
@State
public class AcceptCancelStress {
    private final Taken taken = new Taken();
    private final Offers offers = new Offers();
    private final Hub<Offers.Item> hub = new Hub<>(taken, offers);

    public AcceptCancelStress() {
        hub.open();
        hub.request(1);
    }

    @Actor
    public void ring() {
        hub.add(offers.item());
        hub.add(offers.item());
    }

    @Actor
    public void subscriber() {
        hub.cancel();
    }

    @Arbiter
    public void look(II_Result r) {
        r.r1 = taken.count();
        r.r2 = offers.disposed();
    }
}
