// SPDX-License-Identifier: Apache-2.0
package io.uringreactive;

import static org.junit.jupiter.api.Assertions.assertEquals;
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

    /** One that does nothing, and is available or not. */
    private record Stub(String name, int preference, Availability availability)
            implements Transport {
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
        public Mono<Listener> listen(ListenOptions options) {
            return Mono.error(new UnsupportedOperationException());
        }

        @Override
        public ParallelFlux<Connection> acceptParallel(ListenOptions options) {
            return ParallelFlux.from(listen(options).flatMapMany(Listener::connections));
        }

        @Override
        public Mono<Connection> connect(ConnectOptions options) {
            return Mono.error(new UnsupportedOperationException());
        }
    }

    @AfterEach
    void chooseAnew() {
        System.clearProperty("uring.transport");
        Transports.forget();
        log.close();
    }

    @Test
    void shouldTakeTheFirstWithoutAWord() {
        Stub first = Stub.available("first");
        assertSame(first, Transports.best(List.of(first, Stub.available("second"))));
        assertEquals(List.of(), log.warnings());
    }

    @Test
    void shouldSayInOneLineWhyItIsNotTheFirst() {
        Stub third = Stub.available("third");
        assertSame(
                third,
                Transports.best(List.of(Stub.denied("first"), Stub.denied("second"), third)));
        assertEquals(
                List.of(
                        "Running on third. first is not available: denied. Allow first. second is"
                                + " not available: denied. Allow second."),
                log.warnings());
    }

    /** Its publishers then fail, with the same words. */
    @Test
    void shouldTakeTheFirstWhereNoneIsAvailable() {
        Stub first = Stub.denied("first");
        assertSame(first, Transports.best(List.of(first, Stub.denied("second"))));
        String warning = log.warnings().getFirst();
        assertTrue(warning.startsWith("No transport is available. first is not"), warning);
        assertTrue(warning.contains("uring-baseline-epoll"), warning);
    }

    @Test
    void shouldTakeTheOneThatThePropertyNames() {
        System.setProperty("uring.transport", "uring");
        assertEquals("uring", Net.transport().name());
        System.setProperty("uring.transport", "auto");
        assertEquals("uring", Net.transport().name(), "chosen once");
    }

    @Test
    void shouldRefuseANameThatThereIsNot() {
        System.setProperty("uring.transport", "carrier-pigeon");
        String message =
                String.valueOf(
                        assertThrows(IllegalArgumentException.class, Net::transport).getMessage());
        assertTrue(message.contains("carrier-pigeon"), message);
        assertTrue(message.contains("there are: uring"), message);
        assertThrows(IllegalArgumentException.class, () -> Net.accept(0).blockFirst());
    }

    @Test
    void shouldTakeTheOneThatCodeNames() {
        Stub own = Stub.denied("own");
        Net.use(own);
        assertSame(own, Net.transport());
        assertThrows(UnsupportedOperationException.class, () -> Net.listen(0).block());
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
