// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

import java.util.concurrent.CountDownLatch;

/** Everything that the layers above ask of the operating system. Safe from any thread. */
public interface Kernel {
    /** What rings of this kernel can do. @throws RingUnavailable when there are none to be had */
    RingFeatures features();

    /** As {@link #openRing(RingConfig, RingRestrictions)}, for a ring that may do anything. */
    default Ring openRing(RingConfig config) {
        return openRing(config, RingRestrictions.NONE);
    }

    /**
     * Opens a ring, disabled; {@link Ring#enable()} by the thread that will own it starts it, held
     * to {@code restrictions} from then on.
     *
     * @throws RingUnavailable with cause and remedy
     */
    Ring openRing(RingConfig config, RingRestrictions restrictions);

    Sockets sockets();

    /** A monotonic clock in nanoseconds, as {@link System#nanoTime()}. */
    long nanoTime();

    /** Waits until another thread has counted {@code latch} down; interrupts are kept for later. */
    default void await(CountDownLatch latch) {
        boolean interrupted = false;
        while (true) {
            try {
                latch.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
