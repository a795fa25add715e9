// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.tls;

import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/**
 * The engine's lengthy work (certificates, keys), which is done away from the ring; while it goes
 * on, nobody else may use the engine. Confined to the ring, except for the work.
 */
final class DelegatedTasks {
    private final SSLEngine engine;
    private final Scheduler executor;
    private final OnRing ring;
    private final Consumer<@Nullable Throwable> done;
    private boolean running;

    /**
     * @param done is called on the ring when the engine may be used again, with the error of a task
     *     that failed without the engine's knowledge
     */
    DelegatedTasks(
            SSLEngine engine, Scheduler executor, OnRing ring, Consumer<@Nullable Throwable> done) {
        this.engine = engine;
        this.executor = executor;
        this.ring = ring;
        this.done = done;
    }

    boolean isRunning() {
        return running;
    }

    void start() throws SSLException {
        running = true;
        try {
            executor.schedule(this::work);
        } catch (RejectedExecutionException e) {
            running = false;
            throw new SSLException("the executor of TLS tasks takes no more; see TlsOptions", e);
        }
    }

    private void work() {
        Throwable failure = null;
        try {
            for (Runnable task = engine.getDelegatedTask();
                    task != null;
                    task = engine.getDelegatedTask()) {
                task.run();
            }
        } catch (Throwable e) {
            failure = e;
        }
        Throwable result = failure;
        ring.execute(
                () -> {
                    running = false;
                    done.accept(result);
                });
    }
}
