package io.uringreactive;

import java.time.Duration;

/**
 * The limits of a connection.
 *
 * @param windowBytes how much may be received and not yet delivered, besides one buffer; default 64
 *     KiB
 * @param sendHighWaterBytes above it a send requests no more of its publisher; default 64 KiB
 * @param closeTimeout how long a graceful close waits for the peer to take everything and end its
 *     side; default 5 s
 * @param closeDiscardBytesMax how much input a graceful close discards before it gives up on the
 *     peer's end; default 16 MiB
 */
public record ConnectionOptions(
        int windowBytes, int sendHighWaterBytes, Duration closeTimeout, int closeDiscardBytesMax) {
    public static final int WINDOW_BYTES_MIN = 1024;
    public static final int WINDOW_BYTES_MAX = 1 << 30;

    public ConnectionOptions {
        if (windowBytes < WINDOW_BYTES_MIN || windowBytes > WINDOW_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "windowBytes must be from 1 KiB to 1 GiB: " + windowBytes);
        }
        if (sendHighWaterBytes < 1 || closeDiscardBytesMax < 0) {
            throw new IllegalArgumentException(
                    "sendHighWaterBytes must be positive and closeDiscardBytesMax not negative: "
                            + sendHighWaterBytes
                            + ", "
                            + closeDiscardBytesMax);
        }
        if (closeTimeout.isNegative()) {
            throw new IllegalArgumentException(
                    "closeTimeout must not be negative: " + closeTimeout);
        }
    }

    public static ConnectionOptions defaults() {
        return new ConnectionOptions(64 * 1024, 64 * 1024, Duration.ofSeconds(5), 16 * 1024 * 1024);
    }

    public ConnectionOptions windowBytes(int value) {
        return new ConnectionOptions(value, sendHighWaterBytes, closeTimeout, closeDiscardBytesMax);
    }

    public ConnectionOptions sendHighWaterBytes(int value) {
        return new ConnectionOptions(windowBytes, value, closeTimeout, closeDiscardBytesMax);
    }

    public ConnectionOptions closeTimeout(Duration value) {
        return new ConnectionOptions(windowBytes, sendHighWaterBytes, value, closeDiscardBytesMax);
    }

    public ConnectionOptions closeDiscardBytesMax(int value) {
        return new ConnectionOptions(windowBytes, sendHighWaterBytes, closeTimeout, value);
    }
}
