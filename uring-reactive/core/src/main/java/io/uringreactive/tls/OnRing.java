// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.tls;

import io.uringreactive.Connection;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/** The way onto the thread of a connection's ring; created there. Safe from any thread. */
final class OnRing {
    private final Connection transport;
    private final Scheduler ring;
    private final Thread thread = Thread.currentThread();

    OnRing(Connection transport) {
        this.transport = transport;
        this.ring = transport.scheduler();
    }

    boolean isHere() {
        return Thread.currentThread() == thread;
    }

    /** At once when called on the ring, else as {@link #execute}. */
    void run(Runnable task) {
        if (isHere()) {
            task.run();
        } else {
            execute(task);
        }
    }

    /** After what is going on now. */
    void execute(Runnable task) {
        try {
            ring.schedule(task);
        } catch (RejectedExecutionException e) {
            // The ring is stopping, which closes the connection: the task finds it closed.
            transport.onClose().subscribe(null, null, task);
        }
    }

    Disposable after(Duration delay, Runnable task) {
        try {
            return ring.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            return Disposables.disposed(); // as above: the connection is about to be closed
        }
    }
}
