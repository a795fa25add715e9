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
import org.openjdk.jcstress.infra.results.ZI_Result;

/**
 * A task is put just when the loop has taken the last one and falls asleep: asleep, and how often
 * it was woken. The task opens a new chunk of the queue, which is published with ordered stores
 * only.
 */
@JCStressTest
@Outcome(id = "false, 0", expect = ACCEPTABLE, desc = "seen before it slept")
@Outcome(id = "false, 1", expect = ACCEPTABLE, desc = "seen by both")
@Outcome(id = "true, 1", expect = ACCEPTABLE, desc = "woken")
@Outcome(id = "true, 0", expect = FORBIDDEN, desc = "it sleeps on a task: the wake-up is lost")
@State
public class InboxWakeUpStress {
    /** The smallest that the queue takes: one task fills it. */
    static final int CHUNK = 2;

    private static final Runnable TASK = () -> {};

    private final StubRing ring = new StubRing();
    private final Inbox inbox = new Inbox(ring, CHUNK);

    public InboxWakeUpStress() {
        inbox.put(TASK);
    }

    @Actor
    public void producer() {
        inbox.put(TASK);
    }

    @Actor
    public void loop(ZI_Result r) {
        if (inbox.poll() == null) {
            throw new IllegalStateException("the task is not there");
        }
        r.r1 = inbox.fallAsleep();
    }

    @Arbiter
    public void look(ZI_Result r) {
        r.r2 = ring.wakes();
    }
}
