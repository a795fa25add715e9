// SPDX-License-Identifier: Apache-2.0
package io.uringreactive;

import reactor.util.Logger;
import reactor.util.Loggers;

/**
 * Where a connection's traffic is logged; see {@link Connection#wiretap(Wiretap)}. Immutable.
 *
 * @param category the logger's name; default {@code io.uringreactive.wiretap}
 * @param level default DEBUG
 * @param bytesMax how much of each buffer is dumped; its whole length is always told; default 512
 */
public record Wiretap(String category, Level level, int bytesMax) {
    /** How loud. */
    public enum Level {
        TRACE,
        DEBUG,
        INFO
    }

    public Wiretap {
        if (bytesMax < 0) {
            throw new IllegalArgumentException("bytesMax must not be negative: " + bytesMax);
        }
    }

    public static Wiretap defaults() {
        return new Wiretap("io.uringreactive.wiretap", Level.DEBUG, 512);
    }

    public Wiretap category(String value) {
        return new Wiretap(value, level, bytesMax);
    }

    public Wiretap level(Level value) {
        return new Wiretap(category, value, bytesMax);
    }

    public Wiretap bytesMax(int value) {
        return new Wiretap(category, level, value);
    }

    /** What a tap writes to: looks at its logger's level anew each time, which may change. */
    Log open() {
        return new Log(Loggers.getLogger(category), level);
    }

    /** A logger at one level. */
    record Log(Logger logger, Level level) {
        boolean isOn() {
            return switch (level) {
                case TRACE -> logger.isTraceEnabled();
                case DEBUG -> logger.isDebugEnabled();
                case INFO -> logger.isInfoEnabled();
            };
        }

        void write(String text, Object... arguments) {
            switch (level) {
                case TRACE -> logger.trace(text, arguments);
                case DEBUG -> logger.debug(text, arguments);
                case INFO -> logger.info(text, arguments);
            }
        }
    }
}
