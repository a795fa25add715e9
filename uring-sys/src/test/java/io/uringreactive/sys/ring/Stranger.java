// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** A thread that is not the ring's. */
final class Stranger {
    /** What {@code work} returns, done by another thread. */
    static <T> T call(Supplier<T> work) {
        Executor thread = task -> Thread.ofPlatform().daemon().name("stranger").start(task);
        try {
            return CompletableFuture.supplyAsync(work, thread).get();
        } catch (ExecutionException e) {
            throw new AssertionError("in the other thread", e.getCause());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private Stranger() {}
}
