// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.generator;

/**
 * When requests should leave. At a fixed rate request {@code n} of all should leave {@code n /
 * rate} seconds after the start, on connection {@code n} modulo their number, whether or not that
 * one has its last reply: a request that has to wait for that is late, and its latency says so.
 */
final class Schedule {
    private final long startNanos;
    private final double nanosEach;
    private final int connections;

    /**
     * @param rate requests a second on all connections together; 0 for a closed loop, in which each
     *     request should leave when the reply before it has come
     */
    Schedule(long startNanos, double rate, int connections) {
        this.startNanos = startNanos;
        this.nanosEach = rate == 0 ? 0 : 1e9 / rate;
        this.connections = connections;
    }

    boolean isClosedLoop() {
        return nanosEach == 0;
    }

    /** When request {@code number} of a connection should leave, both counted from 0. */
    long dueNanos(int connection, long number) {
        return startNanos + (long) ((number * connections + connection) * nanosEach);
    }
}
