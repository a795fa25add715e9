// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.Connection;
import io.uringreactive.RingGroup;
import io.uringreactive.testing.Rings;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;

/** A handler that is still running when its connection ends by other means. */
class HandlerEndTest extends KernelTest {
    /** A handler that never ends by itself, and what ended it. */
    private static final class Endless {
        final AtomicReference<@Nullable SignalType> ended = new AtomicReference<>();

        Mono<Void> run() {
            return Mono.<Void>never().doFinally(ended::set);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dispose", "close"})
    void shouldBeCancelledWhenItsConnectionIsEndedBy(String how) {
        Consumer<Connection> end =
                how.equals("close") ? c -> c.close().subscribe() : Connection::dispose;
        Endless handler = new Endless();
        try (Pair pair = Pair.open(group())) {
            Disposable handling = pair.connection().handle(c -> handler.run()).subscribe();
            end.accept(pair.connection());
            pair.peer().shutdownOutput();
            Await.until("handled", handling::isDisposed);
            Await.until("the handler's end", () -> handler.ended.get() != null);
            assertEquals(SignalType.CANCEL, handler.ended.get());
        }
    }

    @Test
    void shouldBeCancelledWhenItsGroupIsDisposed() {
        Endless handler = new Endless();
        RingGroup own = Rings.group(1);
        Server server = Server.of(Pair.loopback(own), c -> handler.run());
        Peer peer = server.connect();
        Await.until("a connection", () -> status(own.next()).connections() == 1);
        Rings.stop(own);
        Await.until("the handler's end", () -> handler.ended.get() != null);
        assertEquals(SignalType.CANCEL, handler.ended.get());
        peer.close();
    }

    @Test
    void shouldBeToldOfTheCloseThatItWaitsFor() {
        AtomicReference<@Nullable SignalType> ended = new AtomicReference<>();
        try (Pair pair = Pair.open(group())) {
            Disposable handling =
                    pair.connection().handle(c -> c.onClose().doFinally(ended::set)).subscribe();
            pair.connection().dispose();
            Await.until("handled", handling::isDisposed);
            Await.until("the handler's end", () -> ended.get() != null);
            assertEquals(SignalType.ON_COMPLETE, ended.get());
        }
    }

    @Test
    void shouldNotBeRunOnAConnectionThatIsClosed() {
        AtomicBoolean ran = new AtomicBoolean();
        try (Pair pair = Pair.open(group())) {
            pair.connection().dispose();
            Await.done(pair.connection().onClose());
            Await.done(
                    pair.connection()
                            .handle(
                                    c -> {
                                        ran.set(true);
                                        return Mono.empty();
                                    }));
            assertFalse(ran.get());
            assertTrue(pair.connection().isDisposed());
        }
    }
}
