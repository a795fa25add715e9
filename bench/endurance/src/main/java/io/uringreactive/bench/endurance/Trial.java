// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.endurance;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.uringreactive.RingStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One combination against so many requests, over connections that stay and connections that come
 * and go: without a hang, an error, or anything left behind.
 */
final class Trial {
    private static final int KEPT = 32;
    private static final int CHURNING = 16;
    private static final long LOOK_MILLIS = 100;
    private static final long STALL_NANOS = SECONDS.toNanos(5);
    private static final long QUIET_NANOS = SECONDS.toNanos(10);

    /**
     * What came of it.
     *
     * @param failure null when all went well
     * @param copied received buffers that were copied out, since the ring's ran low
     * @param starved receives that had to wait for a buffer
     */
    record Outcome(
            Combination combination,
            long requests,
            long connections,
            double seconds,
            long copied,
            long starved,
            long overflows,
            @Nullable String failure) {}

    private final Combination combination;
    private final long requests;
    private final Progress progress = new Progress();

    Trial(Combination combination, long requests) {
        this.combination = combination;
        this.requests = requests;
    }

    /** What the JDK opens once and for all is open before anything is counted. */
    static void warmUp() throws InterruptedException {
        new Trial(Combination.all().getFirst(), 1000).run();
    }

    Outcome run() throws InterruptedException {
        long descriptors = Resources.descriptorsNow();
        long begin = System.nanoTime();
        String failure;
        List<RingStatus> status;
        try (Server server =
                Server.start(combination.ringOptions(), combination.multishotAccept())) {
            failure = serve(server);
            status = failure == null ? server.status() : List.of();
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        if (failure == null) {
            failure = leftInTheProcess(descriptors);
        }
        return new Outcome(
                combination,
                progress.replies(),
                progress.connections(),
                seconds,
                sum(status, RingStatus::buffersCopied),
                sum(status, RingStatus::buffersStarved),
                sum(status, each -> each.counters().overflows()),
                failure);
    }

    private static long sum(List<RingStatus> rings, ToLongFunction<RingStatus> number) {
        return rings.stream().mapToLong(number).sum();
    }

    private @Nullable String serve(Server server) throws InterruptedException {
        AtomicLong tickets = new AtomicLong(requests);
        CountDownLatch ended = new CountDownLatch(KEPT + CHURNING);
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < KEPT + CHURNING; i++) {
            Client client = new Client(server.address(), tickets, progress, i >= KEPT, i);
            clients.add(
                    Thread.startVirtualThread(
                            () -> {
                                try {
                                    client.run();
                                } finally {
                                    ended.countDown();
                                }
                            }));
        }
        String stalled = watch(server, ended);
        if (stalled != null) {
            return stalled;
        }
        Throwable failure = progress.failure();
        if (failure != null) {
            return failure + "\n" + server.dump();
        }
        return awaitNothingLeft(server);
    }

    /** Until the clients have ended; what is wrong when nothing goes on any more. */
    private @Nullable String watch(Server server, CountDownLatch ended)
            throws InterruptedException {
        long last = -1;
        long lastNanos = System.nanoTime();
        while (!ended.await(LOOK_MILLIS, MILLISECONDS)) {
            long now = progress.replies() + progress.connections();
            if (now != last) {
                last = now;
                lastNanos = System.nanoTime();
            } else if (System.nanoTime() - lastNanos > STALL_NANOS) {
                String what = "no progress for %d s".formatted(NANOSECONDS.toSeconds(STALL_NANOS));
                progress.fail(new IllegalStateException(what));
                return what + " after " + progress.replies() + " replies\n" + server.dump();
            }
        }
        return null;
    }

    /** The server learns of the clients' ends in its own time. */
    private static @Nullable String awaitNothingLeft(Server server) throws InterruptedException {
        long end = System.nanoTime() + QUIET_NANOS;
        List<String> left = server.leftBehind();
        while (!left.isEmpty() && System.nanoTime() < end) {
            MILLISECONDS.sleep(10);
            left = server.leftBehind();
        }
        return left.isEmpty() ? null : "left behind: " + left + "\n" + server.dump();
    }

    private static @Nullable String leftInTheProcess(long descriptorsBefore) {
        long descriptors = Resources.descriptorsNow();
        long mappings = Resources.ringMappingsNow();
        if (descriptors > descriptorsBefore) {
            return "descriptors: " + descriptorsBefore + " before, " + descriptors + " behind it";
        }
        return mappings > 0 ? mappings + " mappings of rings are left" : null;
    }
}
