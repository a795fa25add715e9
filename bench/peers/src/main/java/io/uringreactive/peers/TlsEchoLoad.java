// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.peers;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * The load: connections that each send a message, wait for all of it to come back, and send the
 * next one. Writes MEASURE when the measured time begins, DONE when it ends, and then one line of
 * what was counted. Exit status 1 if a reply was wrong or missing. Usage: TlsEchoLoad PORT
 * KEY_STORE CONNECTIONS BYTES SECONDS WARM_UP_SECONDS
 */
final class TlsEchoLoad {
    private final SSLContext context;
    private final int port;
    private final int bytes;
    private final AtomicLong messages = new AtomicLong();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final CountDownLatch connected;
    private volatile boolean stopping;

    private TlsEchoLoad(SSLContext context, int port, int connections, int bytes) {
        this.context = context;
        this.port = port;
        this.bytes = bytes;
        this.connected = new CountDownLatch(connections);
    }

    public static void main(String[] args) throws Exception {
        int connections = Integer.parseInt(args[2]);
        TlsEchoLoad load =
                new TlsEchoLoad(
                        Keys.client(Path.of(args[1])),
                        Integer.parseInt(args[0]),
                        connections,
                        Integer.parseInt(args[3]));
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            int seed = i;
            threads.add(Thread.ofVirtual().start(() -> load.connection(seed)));
        }
        load.connected.await();
        pause(Integer.parseInt(args[5]));
        System.out.println("MEASURE");
        long before = load.messages.get();
        long start = System.nanoTime();
        pause(Integer.parseInt(args[4]));
        long count = load.messages.get() - before;
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.println("DONE");
        load.stopping = true;
        for (Thread thread : threads) {
            thread.join();
        }
        Throwable failed = load.failure.get();
        if (failed != null) {
            System.out.println("failed: " + failed);
            System.exit(1);
        }
        System.out.printf("messages=%d messages_per_second=%.0f%n", count, count / seconds);
    }

    private static void pause(int seconds) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private void connection(int seed) {
        boolean counted = false;
        try (SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.setTcpNoDelay(true);
            socket.startHandshake();
            connected.countDown();
            counted = true;
            exchange(socket.getInputStream(), socket.getOutputStream(), seed);
        } catch (IOException e) {
            failure.compareAndSet(null, e);
        } finally {
            if (!counted) {
                connected.countDown();
            }
        }
    }

    private void exchange(InputStream in, OutputStream out, int seed) throws IOException {
        byte[] message = new byte[bytes];
        byte[] reply = new byte[bytes];
        for (int round = seed; !stopping; round++) {
            Arrays.fill(message, (byte) round);
            out.write(message);
            if (in.readNBytes(reply, 0, bytes) < bytes) {
                throw new EOFException("the server ended the connection");
            }
            if (!Arrays.equals(message, reply)) {
                throw new IOException("a reply differs from its message");
            }
            messages.incrementAndGet();
        }
    }
}
