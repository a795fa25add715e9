// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.op;

import static io.uringreactive.testing.Rings.LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.TransportException;
import io.uringreactive.testing.Loopback;
import io.uringreactive.testing.OnOneRing;
import io.uringreactive.testing.Rings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class AcceptTest extends OnOneRing {
    /** Keeps the descriptors that it gets, and asks for as many as it is told to. */
    private static final class Collector extends BaseSubscriber<Descriptor> {
        final List<Integer> fds = Collections.synchronizedList(new ArrayList<>());
        final AtomicReference<String> ended = new AtomicReference<>();

        @Override
        protected void hookOnSubscribe(Subscription subscription) {}

        @Override
        protected void hookOnNext(Descriptor descriptor) {
            fds.add(descriptor.take());
        }

        @Override
        protected void hookOnError(Throwable throwable) {
            ended.set(throwable.toString());
        }

        @Override
        protected void hookOnComplete() {
            ended.set("complete");
        }
    }

    private static void close(List<Socket> clients) throws IOException {
        for (Socket client : clients) {
            client.close();
        }
    }

    private static List<Socket> connect(Loopback listener, int count) {
        List<Socket> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            clients.add(listener.client());
        }
        return clients;
    }

    @Test
    void shouldAcceptOne() throws IOException {
        try (Loopback listener = Loopback.listen();
                Loopback.Pair pair = listener.pair(ring)) {
            pair.peer().getOutputStream().write(7);
            assertTrue(pair.fd() >= 0);
        }
    }

    @Test
    void shouldWaitForAClientThatComesLater() throws IOException {
        try (Loopback listener = Loopback.listen()) {
            List<Socket> clients = new ArrayList<>();
            StepVerifier.create(Accept.once(ring, listener.fd()))
                    .then(() -> Rings.settle(ring))
                    .then(() -> clients.add(listener.client()))
                    .consumeNextWith(Descriptor::close)
                    .expectComplete()
                    .verify(LIMIT);
            close(clients);
        }
    }

    @Test
    void shouldFailOnASocketThatDoesNotListen() {
        try (Loopback listener = Loopback.listen()) {
            int fd = Loopback.socket(listener.address());
            StepVerifier.create(Accept.once(ring, fd))
                    .expectErrorMatches(
                            e ->
                                    e instanceof TransportException failure
                                            && failure.operation().equals("accept"))
                    .verify(LIMIT);
            Loopback.close(fd);
        }
    }

    @Test
    void shouldEmitEveryClientOfAMultishotAndNoMoreThanRequested() throws IOException {
        try (Loopback listener = Loopback.listen()) {
            List<Socket> clients = connect(listener, 20);
            Collector collector = new Collector();
            Accept.multishot(ring, listener.fd()).subscribe(collector);
            for (int wanted = 1; wanted <= 20; wanted++) {
                int count = wanted;
                collector.request(1);
                Rings.await("client " + count, () -> collector.fds.size() == count);
                Rings.settle(ring);
                assertEquals(count, collector.fds.size());
            }
            collector.cancel();
            Rings.awaitIdle(ring);
            assertNull(collector.ended.get());
            assertEquals(20, collector.fds.stream().distinct().count());
            collector.fds.forEach(Loopback::close);
            close(clients);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldCloseWhatWaitsForDemandWhenCancelled(boolean afterTheRingHasStopped)
            throws IOException {
        try (Loopback listener = Loopback.listen()) {
            List<Socket> clients = connect(listener, 10);
            Collector collector = new Collector();
            Accept.multishot(ring, listener.fd()).subscribe(collector);
            collector.request(1);
            // The ring and its eventfd, the listener, ten clients and their accepted ends.
            Rings.await("ten accepted", () -> Rings.descriptors() == before + 3 + 20);
            Rings.settle(ring);
            if (afterTheRingHasStopped) {
                Rings.stop(group);
            }
            collector.cancel();
            int ringFds = afterTheRingHasStopped ? 0 : 2;
            Rings.await("nine closed", () -> Rings.descriptors() == before + ringFds + 1 + 11);
            collector.fds.forEach(Loopback::close);
            close(clients);
        }
    }

    @Test
    void shouldEndAMultishotWithAnErrorWhenTheRingStops() {
        try (Loopback listener = Loopback.listen()) {
            StepVerifier.create(Accept.multishot(ring, listener.fd()))
                    .then(() -> Rings.settle(ring))
                    .then(ring::dispose)
                    .expectError(TransportException.class)
                    .verify(LIMIT);
        }
    }

    /** Closes what it gets, also what was on its way when it cancelled. */
    private static final class Closer implements CoreSubscriber<Descriptor> {
        final AtomicInteger closed = new AtomicInteger();
        private final AtomicReference<Subscription> upstream = new AtomicReference<>();

        @Override
        public void onSubscribe(Subscription subscription) {
            upstream.set(subscription);
            subscription.request(1);
        }

        void cancel() {
            Objects.requireNonNull(upstream.get()).cancel();
        }

        @Override
        public void onNext(Descriptor descriptor) {
            closed.incrementAndGet();
            Loopback.close(descriptor.take());
        }

        @Override
        public void onError(Throwable throwable) {}

        @Override
        public void onComplete() {}
    }

    @Test
    void shouldLeakNothingWhenCancelledWhileAClientConnects() throws InterruptedException {
        Random random = new Random(3);
        int taken = 0;
        int rounds = 400;
        try (Loopback listener = Loopback.listen()) {
            for (int round = 0; round < rounds; round++) {
                Closer closer = new Closer();
                Accept.once(ring, listener.fd()).subscribe(closer);
                Thread client = Thread.startVirtualThread(() -> connectAndClose(listener));
                for (int spin = random.nextInt(4_000); spin > 0; spin--) {
                    Thread.onSpinWait();
                }
                if (round % 2 == 0) {
                    Mono.fromRunnable(closer::cancel).subscribeOn(ring).block(LIMIT);
                } else {
                    closer.cancel();
                }
                assertTrue(client.join(LIMIT));
                Rings.awaitIdle(ring);
                taken += closer.closed.get();
            }
            // Those that no accept took wait in the backlog: it goes with the listener.
        }
        assertTrue(taken < rounds, "no cancel was ever in time");
    }

    private static void connectAndClose(Loopback listener) {
        try (Socket socket = listener.client()) {
            assertTrue(socket.isConnected());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
