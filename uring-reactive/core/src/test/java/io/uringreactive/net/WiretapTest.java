// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.Connection;
import io.uringreactive.Wiretap;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** What a wiretap tells, and what a connection says of itself. */
class WiretapTest extends KernelTest {
    private static final Wiretap TAP = Wiretap.defaults().category("wiretap.test").bytesMax(4);
    private static final Logger LOGGER = Logger.getLogger("wiretap.test");

    private final ConcurrentLinkedQueue<String> entries = new ConcurrentLinkedQueue<>();
    private final Handler handler =
            new Handler() {
                @Override
                public void publish(LogRecord record) {
                    entries.add(record.getMessage());
                }

                @Override
                public void flush() {
                    // Nothing is buffered.
                }

                @Override
                public void close() {
                    // Nothing is open.
                }
            };

    @BeforeEach
    void listen() {
        entries.clear();
        LOGGER.setUseParentHandlers(false);
        LOGGER.addHandler(handler);
        handler.setLevel(Level.ALL);
        LOGGER.setLevel(Level.FINE);
    }

    @AfterEach
    void stopListening() {
        LOGGER.removeHandler(handler);
    }

    private void expect(String text) {
        Await.until(
                text + " in " + entries, () -> entries.stream().anyMatch(e -> e.contains(text)));
    }

    @Test
    void shouldTellWhatComesAndGoes() {
        try (Pair pair = Pair.open(group())) {
            Connection tapped = pair.connection().wiretap(TAP);
            tapped.handle(c -> c.send(c.receive())).subscribe();
            pair.peer().write("hello");
            assertEquals("hello", pair.peer().readText(5));
            pair.peer().shutdownOutput();
            pair.peer().expectEnd();
            expect(" closed");
        }
        expect("received 5 bytes, the first 4\n");
        expect("sends 5 bytes, the first 4\n");
        expect("|hell ");
        expect("received the peer's end");
        assertTrue(entries.stream().noneMatch(e -> e.contains("|hello")), entries::toString);
        assertTrue(entries.stream().allMatch(e -> e.startsWith("UringConnection[fd ")));
    }

    @Test
    void shouldTellErrorsAndAborts() {
        try (Pair pair = Pair.open(group())) {
            Connection tapped = pair.connection().wiretap(TAP);
            tapped.receive().subscribe(buffer -> {}, error -> {});
            tapped.dispose();
            Await.done(tapped.onClose());
            expect("is aborted");
            expect("receive failed: io.uringreactive.ConnectionClosed");
        }
        try (Pair pair = Pair.open(group())) {
            Connection tapped = pair.connection().wiretap(TAP);
            tapped.handle(c -> Flux.<Void>error(new IllegalStateException("on purpose")))
                    .subscribe();
            Await.done(tapped.onClose());
            expect("handler failed: java.lang.IllegalStateException: on purpose");
        }
    }

    @Test
    void shouldSayNothingWhereTheLevelIsOff() {
        LOGGER.setLevel(Level.INFO);
        try (Pair pair = Pair.open(group())) {
            Connection tapped = pair.connection().wiretap(TAP);
            tapped.handle(c -> c.sendText(c.receiveText())).subscribe();
            pair.peer().write("a");
            assertEquals("a", pair.peer().readText(1));
            assertTrue(entries.isEmpty(), entries::toString);
            LOGGER.setLevel(Level.FINE);
            pair.peer().write("b");
            assertEquals("b", pair.peer().readText(1));
            expect("received 1 bytes");
        }
    }

    @Test
    void shouldLogAtTheLevelThatIsSet() {
        for (Wiretap.Level level : Wiretap.Level.values()) {
            LOGGER.setLevel(
                    switch (level) {
                        case TRACE -> Level.FINEST;
                        case DEBUG -> Level.FINE;
                        case INFO -> Level.INFO;
                    });
            entries.clear();
            try (Pair pair = Pair.open(group())) {
                pair.connection().wiretap(TAP.level(level)).dispose();
                expect("is aborted");
            }
        }
        assertThrows(IllegalArgumentException.class, () -> TAP.bytesMax(-1));
    }

    @Test
    void shouldDescribeAConnectionAndItsState() {
        String text;
        Connection connection;
        try (Pair pair = Pair.open(group())) {
            connection = pair.connection();
            text = connection.toString();
            String ring = connection.scheduler().toString();
            assertTrue(
                    text.matches(
                            "UringConnection\\[fd \\d+, 127.0.0.1:\\d+ <- 127.0.0.1:"
                                    + pair.peer().port()
                                    + ", ring "
                                    + ring
                                    + ", OPEN]"),
                    text);
        }
        assertEquals(text.replace("OPEN", "CLOSED"), connection.toString());
        Await.until("closed", () -> connection.toString().endsWith(", CLOSED]"));
        assertFalse(connection.receive().toString().contains("@"));
        assertEquals("receive of " + connection, connection.receive().toString());
        assertEquals("send on " + connection, connection.send(Flux.empty()).toString());
        assertEquals(
                List.of("handle of " + connection),
                List.of(connection.handle(c -> Flux.empty()).toString()));
        assertTrue(group().toString().matches("RingGroup\\[uring-\\d+, 2 rings, \\w+, OPEN]"));
    }
}
