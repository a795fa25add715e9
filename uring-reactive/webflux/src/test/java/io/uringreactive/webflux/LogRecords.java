// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.webflux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What was logged at WARNING and above since it was opened. */
final class LogRecords implements AutoCloseable {
    private final Queue<LogRecord> records = new ConcurrentLinkedQueue<>();
    private final Logger root = Logger.getLogger("");
    private final Handler handler =
            new Handler() {
                @Override
                public void publish(LogRecord logged) {
                    if (logged.getLevel().intValue() >= Level.WARNING.intValue()) {
                        records.add(logged);
                    }
                }

                @Override
                public void flush() {
                    // Nothing is held back.
                }

                @Override
                public void close() {
                    // Nothing is open.
                }
            };

    LogRecords() {
        root.addHandler(handler);
    }

    /** A line for each, with the error's class. */
    List<String> lines() {
        return records.stream()
                .map(
                        logged ->
                                logged.getLoggerName()
                                        + ": "
                                        + logged.getMessage()
                                        + (logged.getThrown() == null
                                                ? ""
                                                : " / " + logged.getThrown()))
                .toList();
    }

    /** The lines so far, which it forgets. */
    List<String> take() {
        List<String> lines = lines();
        records.clear();
        return lines;
    }

    void assertEmpty() {
        assertEquals(List.of(), lines());
    }

    @Override
    public void close() {
        root.removeHandler(handler);
    }
}
