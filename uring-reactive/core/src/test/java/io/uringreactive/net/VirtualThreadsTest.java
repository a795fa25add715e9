// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.util.ReferenceCountUtil;
import io.uringreactive.ConnectOptions;
import io.uringreactive.Connection;
import io.uringreactive.RingScheduler;
import io.uringreactive.UringNet;
import io.uringreactive.op.Nop;
import io.uringreactive.op.UringScheduler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Blocking callers: virtual threads may, and park without pinning; a ring's own thread may not. */
class VirtualThreadsTest extends KernelTest {
    private static final int THREADS = 1_000;

    /** Runs {@code work} and returns what JFR says of virtual threads that were pinned. */
    private static List<RecordedEvent> pinnedIn(Runnable work) {
        ConcurrentLinkedQueue<RecordedEvent> pinned = new ConcurrentLinkedQueue<>();
        try (RecordingStream stream = new RecordingStream()) {
            stream.enable("jdk.VirtualThreadPinned").withoutThreshold().withStackTrace();
            stream.onEvent("jdk.VirtualThreadPinned", pinned::add);
            stream.setReuse(false);
            stream.startAsync();
            work.run();
            stream.stop(); // returns when everything until now has been delivered
        }
        return List.copyOf(pinned);
    }

    /** Many more than there are carriers, which are as many as the machine has cores. */
    private static void onVirtualThreads(Runnable work) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<? extends Future<?>> all =
                    IntStream.range(0, THREADS).mapToObj(i -> threads.submit(work)).toList();
            for (Future<?> one : all) {
                one.get();
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldParkManyThatWaitForOneAnswerEach() {
        Sinks.Empty<Void> answer = Sinks.empty();
        AtomicInteger waiting = new AtomicInteger();
        try (Server server =
                Server.of(
                        loopback(),
                        connection ->
                                connection
                                        .receive()
                                        .doOnNext(ByteBuf::release)
                                        .take(1)
                                        .doOnNext(
                                                question -> {
                                                    if (waiting.incrementAndGet() == THREADS) {
                                                        answer.tryEmitEmpty();
                                                    }
                                                })
                                        .then(answer.asMono())
                                        .then(connection.sendText("yes")))) {
            List<RecordedEvent> pinned =
                    pinnedIn(() -> onVirtualThreads(() -> ask(server.address())));
            assertEquals(THREADS, waiting.get());
            assertEquals(List.of(), pinned);
        }
    }

    /** Connects, sends, receives and closes, each time blocking. */
    private void ask(InetSocketAddress server) {
        Connection connection =
                Await.get(UringNet.connect(ConnectOptions.to(server).group(group())));
        Await.done(connection.sendText("?"));
        ByteBuf answer =
                Objects.requireNonNull(connection.receive().next().block(Await.LIMIT), "no answer");
        assertEquals(3, answer.readableBytes());
        answer.release();
        Await.done(connection.close());
    }

    @Test
    void shouldParkManyThatSubmit() {
        RingScheduler ring = group().next();
        List<RecordedEvent> pinned =
                pinnedIn(
                        () ->
                                onVirtualThreads(
                                        () -> {
                                            Await.done(Nop.on(ring));
                                            assertTrue(status(ring).inFlight() >= 0);
                                        }));
        assertEquals(List.of(), pinned);
    }

    @Test
    void shouldFindOneThatIsPinned() {
        List<RecordedEvent> pinned = pinnedIn(VirtualThreadsTest::pinOne);
        assertFalse(pinned.isEmpty(), "a thread that waits in a class initializer is pinned");
    }

    private static final CountDownLatch LET_GO = new CountDownLatch(1);

    /** The JVM cannot unmount a thread with a frame of its own, such as an initializer's, on it. */
    private static final class Pinning {
        static final boolean DONE = waited();

        private static boolean waited() {
            try {
                LET_GO.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return true;
        }
    }

    private static void pinOne() {
        Thread thread = Thread.startVirtualThread(() -> assertTrue(Pinning.DONE));
        Await.until("it waits", () -> thread.getState() == Thread.State.WAITING);
        LET_GO.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldRefuseToBlockOnARing() {
        try (Pair pair = Pair.open(group())) {
            Connection connection = pair.connection();
            int closedPort = closedPort();
            Stream.<Mono<?>>of(
                            Nop.on(UringScheduler.of((RingScheduler) connection.scheduler())),
                            ((RingScheduler) connection.scheduler()).status(),
                            UringNet.connect(
                                    ConnectOptions.to("127.0.0.1", closedPort).group(group())),
                            connection.sendText("x"),
                            connection.receive().doOnNext(ReferenceCountUtil::release).then(),
                            connection.onClose(),
                            connection.handle(c -> Flux.never()),
                            connection.shutdownOutput(),
                            connection.close(),
                            group().next().submit((sqe, memory) -> sqe.opcode(0)))
                    .forEach(publisher -> assertRefused(connection, publisher));
        }
    }

    private static void assertRefused(Connection connection, Mono<?> publisher) {
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        connection
                .scheduler()
                .schedule(
                        () ->
                                thrown.complete(
                                        assertThrows(Throwable.class, () -> publisher.block())));
        Throwable refusal = Await.get(thrown);
        assertInstanceOf(IllegalStateException.class, refusal);
        assertTrue(String.valueOf(refusal.getMessage()).contains("block"), refusal.toString());
    }

    private static int closedPort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
