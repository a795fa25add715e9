// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.ListenOptions;
import io.uringreactive.Listener;
import io.uringreactive.RingGroup;
import io.uringreactive.UringNet;
import io.uringreactive.sys.ring.LinuxKernel;
import io.uringreactive.testing.Rings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One line when rings start, and none for a connection above DEBUG, however it ends. */
class LoggingTest {
    private static final int CONNECTIONS = 10_000;

    /** Held: java.util.logging forgets the settings of a logger that nobody holds. */
    private static final Logger LIBRARY = Logger.getLogger("io.uringreactive");

    /** The tests' configuration keeps its line out of their output. */
    private static final Logger GROUPS = Logger.getLogger("io.uringreactive.RingGroup");

    private final Recorder recorder = new Recorder();
    private final @Nullable Level before = LIBRARY.getLevel();
    private final @Nullable Level groupsBefore = GROUPS.getLevel();

    private static final class Recorder extends Handler {
        final ConcurrentLinkedQueue<LogRecord> records = new ConcurrentLinkedQueue<>();

        @Override
        public void publish(LogRecord record) {
            records.add(record);
        }

        @Override
        public void flush() {
            // There is nothing to write.
        }

        @Override
        public void close() {
            // There is nothing to close.
        }

        List<String> above(Level level) {
            return records.stream()
                    .filter(record -> record.getLevel().intValue() > level.intValue())
                    .map(record -> record.getLevel() + " " + record.getMessage())
                    .toList();
        }
    }

    @BeforeEach
    void record() {
        // FINE is what java.util.logging calls DEBUG.
        LIBRARY.setLevel(Level.FINE);
        GROUPS.setLevel(null);
        LIBRARY.setUseParentHandlers(false);
        LIBRARY.addHandler(recorder);
    }

    @AfterEach
    void stopRecording() {
        LIBRARY.removeHandler(recorder);
        LIBRARY.setUseParentHandlers(true);
        LIBRARY.setLevel(before);
        GROUPS.setLevel(groupsBefore);
    }

    @Test
    void shouldSayOnceWhatStartsAndNothingForEachConnection() throws IOException {
        RingGroup group = Rings.group(2);
        try {
            Listener listener =
                    Objects.requireNonNull(
                            UringNet.listen(ListenOptions.port(0).host("127.0.0.1").group(group))
                                    .block(Rings.LIMIT));
            listener.serve(conn -> conn.send(conn.receive())).subscribe();
            for (int i = 0; i < CONNECTIONS; i++) {
                connect(listener.address(), i);
            }
        } finally {
            Rings.stop(group);
        }
        List<String> lines = recorder.above(Level.FINE);
        assertEquals(1, lines.size(), lines::toString);
        String line = lines.getFirst();
        assertTrue(line.startsWith("INFO RingGroup["), line);
        assertTrue(line.contains("2 rings, " + group.receiveMode()), line);
        assertTrue(line.endsWith(" on " + LinuxKernel.instance()), line);
    }

    /** Every second client leaves in order, the others by a reset. */
    private static void connect(InetSocketAddress address, int number) throws IOException {
        try (Socket client = new Socket(address.getAddress(), address.getPort())) {
            client.getOutputStream().write("x".getBytes(UTF_8));
            if (number % 2 == 0) {
                assertEquals('x', client.getInputStream().read());
            } else {
                client.setSoLinger(true, 0);
            }
        }
    }
}
