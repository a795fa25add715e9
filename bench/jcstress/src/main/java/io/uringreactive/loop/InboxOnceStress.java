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
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A producer and the loop itself put tasks, over many ends of chunks, while the loop takes them:
 * the tasks of each, as the digits of a number, in the order in which they ran.
 */
@JCStressTest
@Outcome(id = "123, 123", expect = ACCEPTABLE, desc = "each once and in order")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "lost, run twice, or overtaken")
@State
public class InboxOnceStress {
    private final Inbox inbox = new Inbox(new StubRing(), InboxWakeUpStress.CHUNK);
    private int first;
    private int second;

    private void toFirst(int digit) {
        first = first * 10 + digit;
    }

    private void toSecond(int digit) {
        second = second * 10 + digit;
    }

    @Actor
    public void producer() {
        inbox.put(() -> toFirst(1));
        inbox.put(() -> toFirst(2));
        inbox.put(() -> toFirst(3));
    }

    @Actor
    public void loop() {
        inbox.put(() -> toSecond(1));
        takeOne();
        inbox.put(() -> toSecond(2));
        takeOne();
        inbox.put(() -> toSecond(3));
        takeOne();
        takeOne();
    }

    private void takeOne() {
        Runnable task = inbox.poll();
        if (task != null) {
            task.run();
        }
    }

    @Arbiter
    public void takeTheRest(II_Result r) {
        for (Runnable task = inbox.poll(); task != null; task = inbox.poll()) {
            task.run();
        }
        r.r1 = first;
        r.r2 = second;
    }
}
