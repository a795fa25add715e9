// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.loop;

import io.uringreactive.sys.ring.Ring;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jctools.queues.atomic.MpscUnboundedAtomicArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * Where other threads leave work for a loop, and how they wake it.
 *
 * <p>The protocol against lost wake-ups: a producer first publishes its task and then looks whether
 * the loop sleeps; the loop first says that it sleeps and then looks for tasks. Both steps are
 * separated by a full fence, so at least one of the two sees the other: on the loop by the volatile
 * accesses of {@link #sleeping}, on the producer by an explicit one, since the queue publishes a
 * new chunk with ordered stores only. Of several producers the one that flips the flag wakes; the
 * loop is not woken twice for one sleep.
 */
final class Inbox {
    private static final int CHUNK = 256;

    private final MpscUnboundedAtomicArrayQueue<Runnable> tasks;
    private final AtomicBoolean sleeping = new AtomicBoolean();
    private final Ring ring;

    Inbox(Ring ring) {
        this(ring, CHUNK);
    }

    /** With room for {@code chunk} tasks before the queue allocates more. */
    Inbox(Ring ring, int chunk) {
        this.ring = ring;
        this.tasks = new MpscUnboundedAtomicArrayQueue<>(chunk);
    }

    /** Safe from any thread. */
    void put(Runnable task) {
        tasks.offer(task);
        // Pairs with the volatile store in fallAsleep, and with that of the loop having stopped.
        VarHandle.fullFence();
        wakeIfAsleep();
    }

    private void wakeIfAsleep() {
        if (sleeping.get() && sleeping.compareAndSet(true, false)) {
            ring.wake();
        }
    }

    /** The loop is about to wait. False when there is work: then it must not. */
    boolean fallAsleep() {
        sleeping.set(true);
        if (tasks.isEmpty()) {
            return true;
        }
        sleeping.set(false);
        return false;
    }

    void awake() {
        sleeping.set(false);
    }

    boolean isEmpty() {
        return tasks.isEmpty();
    }

    @Nullable Runnable poll() {
        return tasks.poll();
    }
}
