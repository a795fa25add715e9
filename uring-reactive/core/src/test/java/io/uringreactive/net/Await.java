// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** Waiting in tests: always for something, never for ever. */
final class Await {
    /**
     * Longer where a test has a peer stall for long: TCP probes a closed window ever less often,
     * and a minute's stall may go on for half a minute after it has opened.
     */
    static final Duration LIMIT = Duration.ofSeconds(Long.getLong("await.seconds", 20));

    private static final long LOOK_NANOS = 1_000_000L;

    /** What {@code mono} emits. */
    static <T> T get(Mono<T> mono) {
        return Objects.requireNonNull(mono.block(LIMIT), "the Mono was empty");
    }

    static void done(Mono<Void> mono) {
        mono.block(LIMIT);
    }

    static <T> T get(CompletableFuture<T> future) {
        try {
            return future.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("nothing came within " + LIMIT, e);
        } catch (ExecutionException e) {
            throw new AssertionError("failed", e.getCause());
        }
    }

    /** Looks every millisecond whether {@code condition} holds; fails when it never does. */
    static void until(String what, BooleanSupplier condition) {
        if (!within(LIMIT, condition)) {
            throw new AssertionError("still not, after " + LIMIT + ": " + what);
        }
    }

    /** As {@link #until(String, BooleanSupplier)}, for a text that is made only on failure. */
    static void until(Supplier<String> what, BooleanSupplier condition) {
        if (!within(LIMIT, condition)) {
            throw new AssertionError("still not, after " + LIMIT + ": " + what.get());
        }
    }

    /** Whether {@code condition} comes to hold within {@code limit}. */
    static boolean within(Duration limit, BooleanSupplier condition) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                return condition.getAsBoolean();
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return true;
    }

    /** Fails when {@code condition} stops to hold within {@code period}. */
    static void whileHolds(Duration period, String what, BooleanSupplier condition) {
        if (within(period, () -> !condition.getAsBoolean())) {
            throw new AssertionError("no longer: " + what);
        }
    }

    private Await() {}
}
