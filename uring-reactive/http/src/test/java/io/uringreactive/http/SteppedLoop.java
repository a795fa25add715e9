// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import reactor.core.Disposable;
import reactor.core.Exceptions;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * A connection's thread whose tasks run when the test says so, if at all: a transport that stops
 * takes no more, and drops what it has taken.
 */
final class SteppedLoop implements Scheduler {
    private final Scheduler thread = Schedulers.newSingle("stepped");
    private final List<Runnable> tasks = new CopyOnWriteArrayList<>();
    private volatile Runnable afterTaking = () -> {};
    private volatile boolean stopped;

    /**
     * What happens between the moment at which a task is taken and that at which its giver goes on.
     */
    void afterTaking(Runnable action) {
        afterTaking = action;
    }

    @Override
    public Disposable schedule(Runnable task) {
        if (stopped) {
            throw Exceptions.failWithRejected();
        }
        tasks.add(task);
        afterTaking.run();
        return () -> {};
    }

    @Override
    public Worker createWorker() {
        throw new UnsupportedOperationException();
    }

    /** Runs {@code task} on the thread, and waits for its end. */
    void on(Runnable task) {
        begin(task).join();
    }

    CompletableFuture<Void> begin(Runnable task) {
        return CompletableFuture.runAsync(task, thread::schedule);
    }

    void runTasks() {
        on(this::runTasksHere);
    }

    void runTasksHere() {
        while (!tasks.isEmpty()) {
            tasks.removeFirst().run();
        }
    }

    void restart() {
        tasks.clear();
        stopped = false;
    }

    void stop() {
        stopped = true;
        tasks.clear();
    }

    @Override
    public void dispose() {
        thread.dispose();
    }
}
