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

/** Two tasks are put while the loop sleeps: one of the producers wakes it, not both. */
@JCStressTest
@Outcome(id = "1", expect = ACCEPTABLE, desc = "woken once")
@Outcome(id = "0", expect = FORBIDDEN, desc = "it sleeps on a task: the wake-up is lost")
@Outcome(id = "2", expect = FORBIDDEN, desc = "woken twice for one sleep")
@State
public class InboxTwoProducersStress {
    private static final Runnable TASK = () -> {};

    private final StubRing ring = new StubRing();
    private final Inbox inbox = new Inbox(ring, InboxWakeUpStress.CHUNK);

    public InboxTwoProducersStress() {
        if (!inbox.fallAsleep()) {
            throw new IllegalStateException("there is a task");
        }
    }

    @Actor
    public void producer() {
        inbox.put(TASK);
    }

    @Actor
    public void otherProducer() {
        inbox.put(TASK);
    }

    @Arbiter
    public void look(I_Result r) {
        r.r1 = ring.wakes();
    }
}
