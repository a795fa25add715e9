// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.testing;

import io.uringreactive.RingGroup;
import io.uringreactive.RingGroupOptions;
import io.uringreactive.RingScheduler;
import io.uringreactive.RingStatus;
import io.uringreactive.loop.RingLoop;
import io.uringreactive.op.UringScheduler;
import io.uringreactive.sys.ring.LinuxKernel;
import io.uringreactive.sys.ring.RingConfig;
import io.uringreactive.sys.ring.RingUnavailable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** Rings on the running kernel; a test that asks for one is skipped where there are none. */
public final class Rings {
    /** No test waits longer for anything. */
    public static final Duration LIMIT = Duration.ofSeconds(Long.getLong("await.seconds", 20));

    private static final long POLL_NANOS = 200_000;

    /** A group of {@code rings} small rings. */
    public static RingGroup group(int rings) {
        return group(options(rings));
    }

    public static RingGroupOptions options(int rings) {
        return RingGroupOptions.defaults()
                .rings(rings)
                .ring(new RingConfig(64, 256))
                .buffers(64, 1024);
    }

    public static RingGroup group(RingGroupOptions options) {
        assumeAvailable();
        return RingGroup.create(options);
    }

    public static void assumeAvailable() {
        try {
            LinuxKernel.instance().features();
        } catch (RingUnavailable e) {
            Assumptions.abort(String.valueOf(e.getMessage()));
        }
    }

    /** Stops the group and waits until its rings are closed. */
    public static void stop(RingGroup group) {
        group.disposeGracefully().block(LIMIT);
    }

    public static RingLoop loop(RingScheduler ring) {
        return UringScheduler.of(ring).loop();
    }

    public static RingStatus status(RingScheduler ring) {
        return Objects.requireNonNull(ring.status().block(LIMIT));
    }

    static {
        // The JVM opens a pair of sockets for its own use with the first socket that is closed.
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(server.getInetAddress(), server.getLocalPort())) {
            client.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the loop has done everything that was given to it before. */
    public static void settle(RingScheduler ring) {
        RingStatus ignored = status(ring);
    }

    /** Returns when a turn of {@code loop} has ended, with all that loops do then. */
    public static void nextTurn(RingLoop loop) {
        CountDownLatch ended = new CountDownLatch(1);
        loop.execute(() -> loop.defer(() -> loop.execute(ended::countDown)));
        await("a turn's end", () -> ended.getCount() == 0);
    }

    public static void awaitIdle(RingScheduler ring) {
        await("operations in flight", () -> status(ring).inFlight() == 0);
    }

    /** Waits for {@code condition}, which {@code what} names, and fails after {@link #LIMIT}. */
    public static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                Assertions.fail("waited in vain: " + what);
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** Sockets, rings and eventfds that the process has open: what this library could leak. */
    public static int descriptors() {
        int count = 0;
        try (DirectoryStream<Path> open = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path fd : open) {
                try {
                    String target = Files.readSymbolicLink(fd).toString();
                    if (target.startsWith("socket:")
                            || target.equals("anon_inode:[io_uring]")
                            || target.equals("anon_inode:[eventfd]")) {
                        count++;
                    }
                } catch (NoSuchFileException e) {
                    // The listing's own descriptor, or one closed meanwhile.
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return count;
    }

    /** Waits until as many descriptors are open as before. */
    public static void awaitDescriptors(int before) {
        await("descriptors back at " + before, () -> descriptors() == before);
    }

    private Rings() {}
}
