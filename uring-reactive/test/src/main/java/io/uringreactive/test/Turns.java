// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One thing after the other, as on a ring's thread, but on the threads of those who call: whoever
 * comes while something runs leaves its task there.
 */
final class Turns {
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();

    /** Tasks that are queued or running: who raises it from 0 runs them all. */
    private final AtomicInteger open = new AtomicInteger();

    private volatile @Nullable Thread running;

    /** Runs {@code task} at once where a task of this thread is running, else as {@link #later}. */
    void run(Runnable task) {
        if (running == Thread.currentThread()) {
            task.run();
        } else {
            later(task);
        }
    }

    /**
     * Runs {@code task} after those that came before it. What tasks throw reaches the caller that
     * ran them, once all have run: a test sees its handler's bug.
     */
    void later(Runnable task) {
        tasks.add(task);
        if (open.getAndIncrement() == 0) {
            drain();
        }
    }

    private void drain() {
        Throwable failure = null;
        do {
            Runnable task = tasks.poll();
            assert task != null : "counted, and not queued";
            running = Thread.currentThread();
            try {
                task.run();
            } catch (Throwable e) {
                if (failure == null) {
                    failure = e;
                } else if (!failure.equals(e)) {
                    failure.addSuppressed(e);
                }
            } finally {
                running = null;
            }
        } while (open.decrementAndGet() > 0);
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
    }
}
