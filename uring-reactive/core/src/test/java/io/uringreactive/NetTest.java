// SPDX-License-Identifier: Apache-2.0
package io.uringreactive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.uringreactive.sys.ring.RingUnavailable.Reason;
import io.uringreactive.testing.RingLog;
import io.uringreactive.testing.Rings;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.ParallelFlux;

/** Which transport is taken, and what is said of it. */
class NetTest {
    private final RingLog log = RingLog.attached();

    /** One whose transports do nothing, and are available or not. */
    private record Stub(String name, int preference, Availability availability)
            implements TransportProvider {
        static Stub available(String name) {
            return new Stub(name, 1, new Availability(null, name + " is available", ""));
        }

        static Stub denied(String name) {
            return new Stub(
                    name,
                    2,
                    new Availability(
                            Reason.SYSCTL, name + " is not available: denied", "Allow " + name));
        }

        @Override
        public Transport shared() {
            if (!availability.isAvailable()) {
                throw new TransportUnavailable(availability, null);
            }
            return new StubTransport(name);
        }

        @Override
        public Transport open(int threads) {
            return shared();
        }
    }

    private record StubTransport(String name) implements Transport {
        @Override
        public Mono<Listener> listen(ListenOptions options) {
            return Mono.error(new UnsupportedOperationException());
        }

        @Override
        public ParallelFlux<Connection> acceptParallel(ListenOptions options) {
            return ParallelFlux.from(accept(options));
        }

        @Override
        public Mono<Connection> connect(ConnectOptions options) {
            return Mono.error(new UnsupportedOperationException());
        }

        @Override
        public void dispose() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Mono<Void> disposeGracefully() {
            return Mono.error(new UnsupportedOperationException());
        }
    }

    private static Transport first(TransportProvider... providers) {
        return Transports.first(List.of(providers), TransportProvider::shared);
    }

    @AfterEach
    void chooseAnew() {
        System.clearProperty("uring.transport");
        Transports.use(null);
        log.close();
    }

    @Test
    void shouldTakeTheFirstWithoutAWord() {
        assertEquals("first", first(Stub.available("first"), Stub.available("second")).name());
        assertEquals(List.of(), log.warnings());
    }

    @Test
    void shouldSayInOneLineWhyItIsNotTheFirst() {
        assertEquals(
                "third",
                first(Stub.denied("first"), Stub.denied("second"), Stub.available("third")).name());
        assertEquals(
                List.of(
                        "Running on third. first is not available: denied. Allow first. second is"
                                + " not available: denied. Allow second."),
                log.warnings());
    }

    @Test
    void shouldFailWithTheReasonOfTheFirstWhereNoneIsAvailable() {
        TransportUnavailable failure =
                assertThrows(
                        TransportUnavailable.class,
                        () -> first(Stub.denied("first"), Stub.denied("second")));
        assertEquals("first is not available: denied. Allow first.", failure.getMessage());
        assertEquals(Reason.SYSCTL, failure.availability().reason());
        assertEquals(1, failure.getSuppressed().length);
    }

    @Test
    void shouldTakeTheOneThatThePropertyNames() {
        Rings.assumeAvailable();
        System.setProperty("uring.transport", "uring");
        assertSame(RingGroup.shared(), Net.transport());
        System.setProperty("uring.transport", "carrier-pigeon");
        assertSame(RingGroup.shared(), Net.transport(), "chosen once");
    }

    @Test
    void shouldRefuseANameThatThereIsNot() {
        System.setProperty("uring.transport", "carrier-pigeon");
        String message =
                String.valueOf(
                        assertThrows(IllegalArgumentException.class, Net::transport).getMessage());
        assertTrue(message.contains("carrier-pigeon"), message);
        assertTrue(message.contains("there are: uring"), message);
        assertTrue(message.contains("uring-baseline-epoll"), message);
        assertThrows(IllegalArgumentException.class, () -> Net.accept(0).blockFirst());
    }

    @Test
    void shouldTakeTheOneThatCodeNames() {
        Transport own = new StubTransport("own");
        Net.use(own);
        assertSame(own, Net.transport());
        assertThrows(UnsupportedOperationException.class, () -> Net.listen(0).block());
    }

    @Test
    void shouldOpenOneWithThreadsOfItsOwn() {
        Rings.assumeAvailable();
        Transport own = Net.open(1);
        assertEquals(1, assertInstanceOf(RingGroup.class, own).rings().size());
        Rings.stop((RingGroup) own);
    }

    @Test
    void shouldRefuseOptionsThatNameOtherRings() {
        Rings.assumeAvailable();
        RingGroup own = RingGroup.create(RingGroupOptions.defaults().rings(1));
        RingGroup other = RingGroup.create(RingGroupOptions.defaults().rings(1));
        ListenOptions options = ListenOptions.port(0).group(other);
        assertThrows(IllegalArgumentException.class, () -> own.listen(options).block());
        Rings.stop(own);
        Rings.stop(other);
    }

    @Test
    void shouldServeAndConnect() {
        Rings.assumeAvailable();
        Listener listener = Objects.requireNonNull(Net.listen(0).block(Rings.LIMIT));
        Disposable serving = listener.serve(conn -> conn.send(conn.receive())).subscribe();
        Mono<String> echoed =
                Net.connect("127.0.0.1", listener.address().getPort())
                        .flatMap(
                                conn ->
                                        conn.send(Mono.just(Unpooled.copyInt(7)))
                                                .thenMany(conn.receive())
                                                .next()
                                                .map(NetTest::number)
                                                .flatMap(n -> conn.close().thenReturn("" + n)));
        assertEquals("7", echoed.block(Rings.LIMIT));
        serving.dispose();
        listener.onClose().block(Rings.LIMIT);
    }

    private static int number(ByteBuf buffer) {
        try {
            return buffer.readInt();
        } finally {
            buffer.release();
        }
    }
}
