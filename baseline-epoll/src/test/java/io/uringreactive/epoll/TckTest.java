// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.epoll;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.uringreactive.Connection;
import io.uringreactive.ConnectionOptions;
import io.uringreactive.Listener;
import io.uringreactive.Transport;
import io.uringreactive.epoll.Wired.Pair;
import io.uringreactive.fixtures.Bare;
import io.uringreactive.fixtures.Tck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.tck.PublisherVerification;
import org.reactivestreams.tck.SubscriberBlackboxVerification;

/** The specification's own tests, on both kinds of sockets. */
class TckTest {
    private static final int BUFFER_BYTES = 1024;

    /** So many items wait; a stream of more than that does not end. */
    private static final int ITEMS_MAX = 40;

    private final List<Wired> opened = new ArrayList<>();
    private final Queue<Pair> pairs = new ConcurrentLinkedQueue<>();
    private final Queue<Connection> accepted = new ConcurrentLinkedQueue<>();
    private final Queue<Listener> listeners = new ConcurrentLinkedQueue<>();
    private final Queue<Socket> clients = new ConcurrentLinkedQueue<>();
    private final List<ByteBuf> sent = new ArrayList<>();

    private Wired wired(String name) {
        // Reads of one buffer's size: each item is one of the buffers that the test has written.
        ConnectionOptions small = ConnectionOptions.defaults().windowBytes(BUFFER_BYTES);
        Wired wired = Wired.on(name, Wired.loopback().connection(small));
        opened.add(wired);
        return wired;
    }

    private Pair pair(Wired wired) {
        Pair pair = wired.pair();
        pairs.add(pair);
        return pair;
    }

    @AfterEach
    void closeTransports() {
        opened.forEach(Wired::close);
    }

    private void closeAll() {
        listeners.forEach(Listener::dispose);
        listeners.forEach(listener -> listener.onClose().block(Wired.LIMIT));
        accepted.forEach(Connection::dispose);
        accepted.forEach(connection -> connection.onClose().block(Wired.LIMIT));
        pairs.forEach(pair -> pair.connection().dispose());
        pairs.forEach(pair -> pair.connection().onClose().block(Wired.LIMIT));
        clients.forEach(TckTest::close);
        pairs.forEach(pair -> close(pair.peer()));
        for (ByteBuf buffer : sent) {
            if (buffer.refCnt() != 0) {
                throw new AssertionError("not released: " + buffer);
            }
        }
        List.of(listeners, accepted, pairs, clients, sent).forEach(java.util.Collection::clear);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Receiving extends PublisherVerification<ByteBuf> {
        private final Wired wired;

        Receiving(Wired wired) {
            super(Tck.environment());
            this.wired = wired;
        }

        @Override
        public Publisher<ByteBuf> createPublisher(long elements) {
            Pair pair = pair(wired);
            for (int i = 0; i < Math.min(elements, ITEMS_MAX); i++) {
                pair.write("b".repeat(BUFFER_BYTES));
            }
            try {
                if (elements <= ITEMS_MAX) {
                    pair.peer().shutdownOutput();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return Bare.of(pair.connection().receive(), ByteBuf::release);
        }

        @Override
        public Publisher<ByteBuf> createFailedPublisher() {
            Pair pair = pair(wired);
            pair.connection().dispose();
            pair.connection().onClose().block(Wired.LIMIT);
            return Bare.of(pair.connection().receive(), ByteBuf::release);
        }
    }

    private final class Accepting extends PublisherVerification<Connection> {
        private final Transport transport;

        Accepting(Transport transport) {
            super(Tck.environment());
            this.transport = transport;
        }

        private Listener listen() {
            Listener listener = Wired.get(transport.listen(Wired.loopback()));
            listeners.add(listener);
            return listener;
        }

        /** Every client waits already; the listener ends when the last one was emitted. */
        @Override
        public Publisher<Connection> createPublisher(long elements) {
            Listener listener = listen();
            for (int i = 0; i < Math.min(elements, ITEMS_MAX); i++) {
                try {
                    clients.add(
                            new Socket(
                                    listener.address().getAddress(), listener.address().getPort()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            if (elements == 0) {
                listener.dispose();
            }
            AtomicLong left = new AtomicLong(elements);
            return Bare.of(
                    listener.connections(),
                    connection -> {
                        accepted.add(connection);
                        if (left.decrementAndGet() == 0) {
                            listener.dispose();
                        }
                    });
        }

        @Override
        public Publisher<Connection> createFailedPublisher() {
            Listener listener = listen();
            listener.connections().subscribe(accepted::add);
            return Bare.of(listener.connections(), accepted::add);
        }
    }

    private final class Sending extends SubscriberBlackboxVerification<ByteBuf> {
        private final Wired wired;

        Sending(Wired wired) {
            super(Tck.environment());
            this.wired = wired;
        }

        @Override
        @SuppressWarnings("unchecked") // it takes any buffer
        public Subscriber<ByteBuf> createSubscriber() {
            CompletableFuture<Subscriber<? super ByteBuf>> given = new CompletableFuture<>();
            pair(wired)
                    .connection()
                    .send((Publisher<ByteBuf>) given::complete)
                    .subscribe(nothing -> {}, error -> {});
            return (Subscriber<ByteBuf>)
                    given.orTimeout(Wired.LIMIT.toSeconds(), TimeUnit.SECONDS).join();
        }

        @Override
        public ByteBuf createElement(int element) {
            ByteBuf buffer = Unpooled.directBuffer(4).writeInt(element);
            sent.add(buffer);
            return buffer;
        }
    }

    @TestFactory
    Stream<DynamicTest> receive() {
        return Wired.names()
                .flatMap(name -> rules(name, new Receiving(wired(name)), Tck.ONE_SUBSCRIBER));
    }

    @TestFactory
    Stream<DynamicTest> connections() {
        return Wired.names()
                .flatMap(
                        name ->
                                rules(
                                        name,
                                        new Accepting(wired(name).transport()),
                                        Tck.ONE_SUBSCRIBER));
    }

    @TestFactory
    Stream<DynamicTest> send() {
        return Wired.names().flatMap(name -> rules(name, new Sending(wired(name)), Map.of()));
    }

    private Stream<DynamicTest> rules(
            String name, Object verification, Map<String, String> notRun) {
        return Tck.rules(verification, notRun, this::closeAll)
                .map(
                        rule ->
                                DynamicTest.dynamicTest(
                                        name + " " + rule.getDisplayName(), rule.getExecutable()));
    }
}
