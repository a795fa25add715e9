// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test.contract;

import io.uringreactive.ConnectionOptions;
import io.uringreactive.Transport;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The transport under test, for one test: how to use it, to wait on it, and to end it. */
public interface Subject extends AutoCloseable {
    /** Between two looks at what is waited for. */
    long LOOK_NANOS = 500_000;

    Transport transport();

    /**
     * Whether {@code condition} comes to hold within {@code limit}. A simulation runs here, in its
     * own time.
     */
    default boolean within(Duration limit, BooleanSupplier condition) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                return condition.getAsBoolean();
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return true;
    }

    /** Runs {@code action} on a thread that is neither the test's nor the transport's. */
    default void elsewhere(Runnable action) {
        Thread thread = new Thread(action, "contract-elsewhere");
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** How much of one connection may have left the kernel and not been delivered. */
    long heldBytesMax(ConnectionOptions options);

    /** Whether its sockets know TCP_NOTSENT_LOWAT. */
    default boolean boundsUnsentBytes() {
        return true;
    }

    /**
     * That nothing is left: no connection, buffer or operation. Called when every connection and
     * listener of the test is closed.
     *
     * @throws AssertionError with what is left
     */
    void expectNothingLeft();

    @Override
    void close();
}
