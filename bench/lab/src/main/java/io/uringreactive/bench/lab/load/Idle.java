// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.load;

import io.uringreactive.bench.lab.plan.Point;
import io.uringreactive.bench.lab.process.LabException;
import io.uringreactive.bench.lab.process.Tool;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Connections that say nothing. Each has got one whole reply, as has one that is kept for the next
 * request. The window is the time in which nothing is said; at its end all must still be there. The
 * lab's own process holds them: it has nothing else to do meanwhile.
 */
public record Idle(String body) implements Load {
    /** So that no backlog overflows. */
    private static final int PER_SECOND_MAX = 5_000;

    /** Before the window: a JVM still compiles what the last connections asked of it. */
    private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(2);

    @Override
    public List<Tool> tools() {
        return List.of();
    }

    @Override
    public boolean isIdle() {
        return true;
    }

    /** A server's start, and the connections' way to it. */
    @Override
    public double extraSeconds() {
        return 4;
    }

    @Override
    public void check(Target target, Point point) {
        HttpCheck.replyBytes(target, Page.root(body));
    }

    @Override
    public LoadResult run(
            LoadHost host, Target target, Point point, double seconds, Window window) {
        int count = point.connections();
        HoldingLimits.require(count);
        try (HeldConnections held = new HeldConnections(target, Page.root(body))) {
            long begin = System.nanoTime();
            for (int i = 0; i < count; i++) {
                waitUntil(begin + TimeUnit.SECONDS.toNanos(i) / PER_SECOND_MAX);
                held.open();
            }
            if (seconds > 0) {
                waitUntil(System.nanoTime() + SETTLE_NANOS);
            }
            window.begin();
            waitUntil(System.nanoTime() + (long) (seconds * 1e9));
            window.end();
            held.check();
            return new LoadResult(seconds, count, Latencies.UNKNOWN);
        } catch (IOException e) {
            throw new LabException(
                    "%s does not hold %,d connections: %s".formatted(target.contestant(), count, e),
                    e);
        }
    }

    private static void waitUntil(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.currentThread().isInterrupted()) {
                throw new LabException("interrupted");
            }
        }
    }
}
