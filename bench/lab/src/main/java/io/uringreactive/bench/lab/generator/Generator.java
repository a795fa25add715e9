// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.generator;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * Loads a server from one thread. In a closed loop it waits for replies; at a fixed rate it spins,
 * because a selector's timeout is in milliseconds. Prints MEASURE and DONE around the window.
 */
final class Generator {
    private static final int READ_BYTES = 1 << 16;
    private static final long STALL_NANOS = 10_000_000_000L;

    private final Recording recording = new Recording();
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(READ_BYTES);
    private final List<Link> links = new ArrayList<>();
    private final Selector selector = Selector.open();
    private final Schedule schedule;
    private final PrintStream out;

    private final Consumer<SelectionKey> handler =
            key -> {
                try {
                    ((Link) key.attachment()).ready(scratch);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            };

    Generator(
            InetSocketAddress server,
            int connections,
            double rate,
            IntFunction<Exchange> exchanges,
            PrintStream out)
            throws IOException {
        this.schedule = new Schedule(System.nanoTime(), rate, connections);
        this.out = out;
        for (int i = 0; i < connections; i++) {
            links.add(new Link(i, server, selector, exchanges.apply(i), schedule, recording));
        }
    }

    /** Runs the load, and fails if a reply is wrong or missing. */
    Recording run(double warmUpSeconds, double seconds) throws IOException {
        long begin = System.nanoTime() + (long) (warmUpSeconds * 1e9);
        turnsUntil(begin);
        out.println("MEASURE");
        out.flush();
        begin = System.nanoTime(); // whoever reads that may have taken a moment of this core
        long end = begin + (long) (seconds * 1e9);
        recording.window(begin, end);
        turnsUntil(end);
        out.println("DONE");
        out.flush();
        drain(end, end + Math.max(STALL_NANOS, end - begin));
        for (Link link : links) {
            link.close();
        }
        return recording;
    }

    private void turnsUntil(long end) throws IOException {
        long lastReply = System.nanoTime();
        for (long now = lastReply; now < end; now = System.nanoTime()) {
            boolean anyReply = turn(now, Long.MAX_VALUE);
            if (anyReply) {
                lastReply = now;
            } else if (now - lastReply > STALL_NANOS && links.stream().anyMatch(Link::isWaiting)) {
                throw new IOException("no reply for %d s".formatted(STALL_NANOS / 1_000_000_000));
            }
        }
    }

    /** Every request that should have left before the end is sent and its reply awaited. */
    private void drain(long end, long patience) throws IOException {
        while (links.stream().anyMatch(link -> isOwed(link, end))) {
            if (System.nanoTime() > patience) {
                throw new IOException(
                        "the server does not keep up: requests of the window are left, "
                                + recording.completedWithin()
                                + " were answered within it");
            }
            turn(System.nanoTime(), end);
        }
    }

    private boolean isOwed(Link link, long end) {
        return link.isWaiting() || (!schedule.isClosedLoop() && link.dueNanos() < end);
    }

    /** Sends what is due and takes what has come; whether anything had. */
    private boolean turn(long now, long sendBefore) throws IOException {
        boolean closed = schedule.isClosedLoop();
        for (Link link : links) {
            boolean due = closed ? sendBefore == Long.MAX_VALUE : isDue(link, now, sendBefore);
            if (due && !link.isWaiting()) {
                link.send(System.nanoTime());
            }
        }
        return closed ? selector.select(handler, 100) > 0 : selector.selectNow(handler) > 0;
    }

    private static boolean isDue(Link link, long now, long sendBefore) {
        return link.dueNanos() <= now && link.dueNanos() < sendBefore;
    }
}
