// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.jmh;

import io.uringreactive.loop.RingLoop;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Steps on a loop's thread, each begun when the one before it is complete, while the benchmark's
 * thread waits for the last one. Allocates nothing of its own.
 */
abstract class Chain implements Runnable {
    /** Steps of one run. */
    static final int LENGTH = 1024;

    private final RingLoop loop;
    private final Semaphore end = new Semaphore(0);
    private int left;

    Chain(RingLoop loop) {
        this.loop = loop;
    }

    /** Begins a step, or as many as {@link #completed} will be called for. On the loop. */
    abstract void step();

    /** On the loop. */
    final void completed(int steps) {
        left -= steps;
        if (left > 0) {
            step();
        } else {
            end.release();
        }
    }

    @Override
    public final void run() {
        left = LENGTH;
        step();
    }

    /** Runs all; not on the loop. */
    final void await() throws InterruptedException {
        loop.execute(this);
        awaitEnd(end);
    }

    /** Fails where the end does not come: a benchmark that hangs says nothing. */
    static void awaitEnd(Semaphore end) throws InterruptedException {
        if (!end.tryAcquire(OneRing.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("not complete after " + OneRing.PATIENCE);
        }
    }
}
