// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.endurance;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.uringreactive.ReceiveMode;
import io.uringreactive.RingGroupOptions;
import io.uringreactive.RingStatus;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Full load with churn for a long time: what the process holds must not grow. */
@Command(
        name = "soak",
        description = "Loads a server for a while and looks at what the process holds.")
final class Soak implements Callable<Integer> {
    private static final int KEPT = 32;
    private static final int CHURNING = 16;
    private static final Duration STALL = Duration.ofSeconds(10);

    @Option(names = "--time", description = "as 30m or 90s", defaultValue = "30m")
    private String time = "30m";

    @Option(names = "--every-option", description = "SQPOLL, direct descriptors and the rest")
    private boolean everyOption;

    private final PrintStream out;

    Soak(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws InterruptedException {
        Duration length = Duration.parse("PT" + time);
        Duration interval = length.dividedBy(60);
        Progress progress = new Progress();
        AtomicLong tickets = new AtomicLong(Long.MAX_VALUE);
        Trend trend = new Trend();
        try (Server server = Server.start(rings(), true)) {
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < KEPT + CHURNING; i++) {
                clients.add(
                        Thread.startVirtualThread(
                                new Client(server.address(), tickets, progress, i >= KEPT, i)));
            }
            String failure = watch(server, progress, trend, length, interval);
            tickets.set(0);
            for (Thread client : clients) {
                client.join(STALL);
            }
            if (failure != null) {
                out.println("FAILED: " + failure);
                out.println(server.dump());
                return 1;
            }
        }
        out.printf("%d requests on %d connections%n", progress.replies(), progress.connections());
        List<String> grown = trend.grown();
        trend.lines().forEach(out::println);
        grown.forEach(line -> out.println("GREW: " + line));
        return grown.isEmpty() ? 0 : 1;
    }

    private RingGroupOptions rings() {
        Combination every = new Combination(true, true, true, ReceiveMode.AUTO, 2);
        return everyOption
                ? every.ringOptions()
                        .receiveBundles(true)
                        .minWait(Duration.ofNanos(50_000))
                        .zeroBuffers(true)
                : RingGroupOptions.defaults();
    }

    private @Nullable String watch(
            Server server, Progress progress, Trend trend, Duration length, Duration interval)
            throws InterruptedException {
        long begin = System.nanoTime();
        long replies = 0;
        for (long next = interval.toNanos(); next <= length.toNanos(); next += interval.toNanos()) {
            MILLISECONDS.sleep(NANOSECONDS.toMillis(Math.max(0, begin + next - System.nanoTime())));
            Throwable failure = progress.failure();
            if (failure != null) {
                return failure.toString();
            }
            if (progress.replies() == replies) {
                return "no progress for " + interval;
            }
            replies = progress.replies();
            Resources held = Resources.now();
            long slots = server.status().stream().mapToLong(RingStatus::inFlight).sum();
            trend.add(held, slots);
            out.printf(
                    "%5d s  %,13d requests  heap %,6d KiB  direct %,6d KiB  resident %,8d KiB"
                            + "  %4d fds  %4d in flight%n",
                    NANOSECONDS.toSeconds(next),
                    replies,
                    held.heapBytes() / 1024,
                    held.directBytes() / 1024,
                    held.residentBytes() / 1024,
                    held.descriptors(),
                    slots);
            out.flush();
        }
        return null;
    }
}
