// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.uringreactive.ConnectFailed;
import io.uringreactive.ConnectOptions;
import io.uringreactive.Connection;
import io.uringreactive.RingGroup;
import io.uringreactive.RingGroupOptions;
import io.uringreactive.TimedOut;
import io.uringreactive.UringNet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Connecting, and what becomes of an attempt that fails or that nobody wants any more. */
class ConnectTest extends KernelTest {
    private static ConnectOptions to(InetSocketAddress address, RingGroup group) {
        return ConnectOptions.to(address).group(group);
    }

    private static String echoOnce(Connection connection, String text) {
        Await.done(connection.sendText(text));
        return Await.get(
                connection
                        .receive()
                        .map(ConnectTest::read)
                        .scan(String::concat)
                        .filter(all -> all.length() >= text.length())
                        .next());
    }

    private static String read(ByteBuf buffer) {
        try {
            return buffer.toString(java.nio.charset.StandardCharsets.UTF_8);
        } finally {
            buffer.release();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost"})
    void shouldConnectToANameOrAnAddress(String host) {
        try (Server server = Server.echo(loopback())) {
            int port = server.address().getPort();
            Connection connection =
                    Await.get(UringNet.connect(ConnectOptions.to(host, port).group(group())));
            assertEquals(server.address(), connection.remoteAddress());
            assertEquals("hello", echoOnce(connection, "hello"));
            Await.done(connection.close());
            assertEquals(server.address(), connection.remoteAddress());
        }
    }

    @Test
    void shouldFailForAnUnknownHost() {
        StepVerifier.create(
                        UringNet.connect(ConnectOptions.to("no.such.invalid", 1).group(group())))
                .expectError(UnknownHostException.class)
                .verify(Await.LIMIT);
    }

    @Test
    void shouldFailWhenNobodyListens() throws IOException {
        InetSocketAddress nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = (InetSocketAddress) socket.getLocalSocketAddress();
        }
        StepVerifier.create(UringNet.connect(to(nobody, group())))
                .expectErrorSatisfies(
                        error -> {
                            assertTrue(error instanceof ConnectFailed, error::toString);
                            assertEquals(nobody, ((ConnectFailed) error).endpoint());
                        })
                .verify(Await.LIMIT);
    }

    @Test
    void shouldTimeOutWhenNobodyAnswers() {
        try (FullBacklog full = FullBacklog.open()) {
            Duration limit = Duration.ofMillis(150);
            StepVerifier.create(UringNet.connect(to(full.address(), group()).timeout(limit)))
                    .expectError(TimedOut.class)
                    .verify(Await.LIMIT);
        }
    }

    /** Whoever cancels may still be given a connection on the way (rule 2.8), and ends it. */
    private static final class Fickle extends BaseSubscriber<Connection> {
        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            subscription.request(1);
        }

        @Override
        protected void hookOnNext(Connection connection) {
            connection.dispose();
        }

        @Override
        protected void hookOnError(Throwable error) {
            // A refused attempt is as good as a cancelled one here.
        }
    }

    @Test
    void shouldLeaveNothingWhenCancelledAtAnyPoint() {
        Random random = new Random(7);
        try (Server server = Server.echo(loopback())) {
            for (int i = 0; i < 1_000; i++) {
                Fickle subscriber = new Fickle();
                UringNet.connect(to(server.address(), group())).subscribe(subscriber);
                LockSupport.parkNanos(random.nextInt(200_000));
                subscriber.cancel();
            }
        }
    }

    @Test
    void shouldLeaveNothingWhenCancelledWhileNobodyAnswers() {
        try (FullBacklog full = FullBacklog.open()) {
            List<Fickle> attempts = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                Fickle subscriber = new Fickle();
                UringNet.connect(to(full.address(), group())).subscribe(subscriber);
                attempts.add(subscriber);
            }
            attempts.forEach(Fickle::cancel);
        }
    }

    @Test
    void shouldNotConnectOnAGroupThatHasStopped() {
        RingGroup stopped = RingGroup.create(RingGroupOptions.defaults().rings(1));
        Await.done(stopped.disposeGracefully());
        StepVerifier.create(UringNet.connect(to(new InetSocketAddress("127.0.0.1", 1), stopped)))
                .expectError(RejectedExecutionException.class)
                .verify(Await.LIMIT);
    }

    @Test
    void shouldLeaveNothingWhenTheGroupStopsMeanwhile() {
        Random random = new Random(11);
        try (Server server = Server.echo(loopback())) {
            for (int i = 0; i < 30; i++) {
                RingGroup group = RingGroup.create(RingGroupOptions.defaults().rings(1));
                List<Fickle> attempts = new ArrayList<>();
                for (int k = 0; k < 20; k++) {
                    Fickle subscriber = new Fickle();
                    UringNet.connect(to(server.address(), group)).subscribe(subscriber);
                    attempts.add(subscriber);
                }
                LockSupport.parkNanos(random.nextInt(500_000));
                Await.done(group.disposeGracefully());
                Await.until(
                        "every attempt has ended",
                        () -> attempts.stream().allMatch(Fickle::isDisposed));
            }
        } catch (UncheckedIOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldConnectTwoRingsToEachOther() {
        try (Server server = Server.echo(loopback())) {
            Mono<Connection> connect = UringNet.connect(to(server.address(), group()));
            for (int i = 0; i < 10; i++) {
                Connection connection = Await.get(connect);
                assertEquals("again", echoOnce(connection, "again"));
                Await.done(connection.close());
            }
        }
    }

    /** As timeout() is, when its time passes at the moment of the answer. */
    private static final class Ignorer implements CoreSubscriber<Connection> {
        final CompletableFuture<Subscription> ended = new CompletableFuture<>();
        private @Nullable Subscription subscription;

        @Override
        public void onSubscribe(Subscription connecting) {
            subscription = connecting;
            connecting.request(1);
        }

        @Override
        public void onNext(Connection connection) {
            // It has decided to cancel, which it will do soon.
        }

        @Override
        public void onError(Throwable error) {
            ended.completeExceptionally(error);
        }

        @Override
        public void onComplete() {
            ended.complete(Objects.requireNonNull(subscription));
        }
    }

    @Test
    void shouldCloseAConnectionThatIsIgnoredByWhoCancelsRightAfterIt() {
        try (Server server = Server.echo(loopback())) {
            Ignorer ignorer = new Ignorer();
            UringNet.connect(
                            ConnectOptions.to(server.address())
                                    .group(group())
                                    .timeout(Duration.ofMillis(200)))
                    .subscribe(ignorer);
            Await.get(ignorer.ended).cancel();
            Await.until(
                    "no connection is left",
                    () -> group().rings().stream().allMatch(r -> status(r).connections() == 0));
        }
    }
}
