// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.uringreactive.Connection;
import io.uringreactive.ConnectionOptions;
import io.uringreactive.ConnectionReset;
import io.uringreactive.ListenOptions;
import io.uringreactive.test.TestConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** guide/receive.md. */
class ReceiveTest {
    // #region release
    /** How many bytes the peer sends until its end. */
    static Mono<Long> count(Connection conn) {
        return conn.receive()
                .map(
                        buffer -> {
                            try {
                                return (long) buffer.readableBytes();
                            } finally {
                                buffer.release(); // exactly once
                            }
                        })
                .reduce(0L, Long::sum);
    }

    // #endregion release

    @Test
    void shouldReleaseWhatItCounts() {
        TestConnection conn = TestConnection.create();
        List<Long> counts = new ArrayList<>();
        count(conn).subscribe(counts::add);
        conn.peer().write("hello ").write("world");
        conn.peer().shutdownWrite();
        assertEquals(List.of(11L), counts);
        conn.assertNothingLeaked();
    }

    // #region demand
    /** Takes one buffer, and the next one only when it is told to. */
    static final class OneAtATime extends BaseSubscriber<ByteBuf> {
        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            subscription.request(1);
        }

        @Override
        protected void hookOnNext(ByteBuf buffer) {
            buffer.release();
        }

        void next() {
            request(1);
        }
    }

    // #endregion demand

    @Test
    void shouldTakeWhatIsAskedFor() {
        TestConnection conn = TestConnection.create();
        OneAtATime subscriber = new OneAtATime();
        conn.receive().subscribe(subscriber);
        conn.peer().write("first").write("second").write("third");
        assertEquals(2, conn.undelivered());
        subscriber.next();
        assertEquals(1, conn.undelivered());
        subscriber.cancel();
        conn.assertNothingLeaked();
    }

    @Test
    void shouldBoundWhatIsHeld() {
        // #region window
        ListenOptions options =
                ListenOptions.port(8080)
                        .connection(ConnectionOptions.defaults().windowBytes(16 * 1024));
        // #endregion window
        assertEquals(16 * 1024, options.connection().windowBytes());
    }

    @Test
    void shouldTellAnEndFromAReset() {
        TestConnection conn = TestConnection.create();
        List<String> log = new ArrayList<>();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        // #region ends
        conn.receiveText()
                .subscribe(
                        text -> log.add(text),
                        error -> failure.set(error), // ConnectionReset
                        () -> log.add("FIN")); // sending goes on
        // #endregion ends
        conn.peer().write("a");
        conn.peer().reset();
        assertEquals(List.of("a"), log);
        assertInstanceOf(ConnectionReset.class, failure.get());
    }

    @Test
    void shouldPutCharactersTogether() {
        TestConnection conn = TestConnection.create();
        List<String> texts = new ArrayList<>();
        // #region text
        Flux<String> text = conn.receiveText(); // UTF-8, cut anywhere
        // #endregion text
        text.subscribe(texts::add);
        conn.peer().writePieces("é", 1);
        conn.peer().shutdownWrite();
        assertEquals("é", String.join("", texts));
        assertTrue(texts.size() == 1);
    }
}
