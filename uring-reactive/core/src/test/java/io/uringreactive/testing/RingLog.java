// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.testing;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What this library logs while tests run, by way of java.util.logging, which Reactor's loggers use
 * where there is no SLF4J. Kept instead of printed: many tests provoke warnings.
 */
public final class RingLog extends Handler {
    private static final Logger LOGGER = Logger.getLogger("io.uringreactive");

    private final ConcurrentLinkedQueue<LogRecord> records = new ConcurrentLinkedQueue<>();

    public static RingLog attached() {
        RingLog log = new RingLog();
        LOGGER.addHandler(log);
        LOGGER.setUseParentHandlers(false);
        return log;
    }

    @Override
    public void publish(LogRecord record) {
        records.add(record);
    }

    public void clear() {
        records.clear();
    }

    /** Exceptions that reached a ring's loop: each is a bug, here or in a test's subscriber. */
    public List<String> uncaught() {
        return records.stream()
                .filter(record -> record.getLevel().intValue() >= Level.SEVERE.intValue())
                .map(record -> record.getMessage() + ": " + trace(record.getThrown()))
                .toList();
    }

    /** The warnings so far, as text. */
    public List<String> warnings() {
        return records.stream()
                .filter(record -> record.getLevel().equals(Level.WARNING))
                .map(LogRecord::getMessage)
                .toList();
    }

    /** The stacks that came with it, as text. */
    public String traces() {
        return records.stream()
                .map(record -> trace(record.getThrown()))
                .collect(Collectors.joining());
    }

    private static String trace(@Nullable Throwable thrown) {
        if (thrown == null) {
            return "";
        }
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    @Override
    public void flush() {
        // Nothing is buffered.
    }

    @Override
    public void close() {
        LOGGER.removeHandler(this);
        LOGGER.setUseParentHandlers(true);
    }
}
