// SPDX-License-Identifier: Apache-2.0
package io.uringreactive;

import java.time.Duration;

/**
 * The limits of a connection. Immutable; {@link Settings} has units, defaults and ranges.
 *
 * @param windowBytes how much may be received and not yet delivered, besides one buffer
 * @param sendHighWaterBytes above it a send requests no more of its publisher
 * @param zeroCopyBytesMin sends of at least so many bytes at a time are not copied (SEND_ZC, Linux
 *     6.2), until the kernel says of one that it was after all, as it does on loopback; 0 for
 *     never. What is sent must not change until its buffers are released
 * @param closeTimeout how long a graceful close waits for the publishers of sends to complete, then
 *     for the peer to take some of what is queued, again and again, and then for the peer's end
 * @param closeDiscardBytesMax how much input a graceful close discards before it gives up on the
 *     peer's end
 */
public record ConnectionOptions(
        int windowBytes,
        int sendHighWaterBytes,
        int zeroCopyBytesMin,
        Duration closeTimeout,
        int closeDiscardBytesMax) {
    public ConnectionOptions {
        Settings.WINDOW_BYTES.require(windowBytes);
        Settings.SEND_HIGH_WATER_BYTES.require(sendHighWaterBytes);
        Settings.ZERO_COPY_BYTES_MIN.require(zeroCopyBytesMin);
        Settings.CLOSE_TIMEOUT.require(closeTimeout);
        Settings.CLOSE_DISCARD_BYTES_MAX.require(closeDiscardBytesMax);
    }

    public static ConnectionOptions defaults() {
        return new ConnectionOptions(
                Settings.WINDOW_BYTES.value(),
                Settings.SEND_HIGH_WATER_BYTES.value(),
                Settings.ZERO_COPY_BYTES_MIN.value(),
                Settings.CLOSE_TIMEOUT.value(),
                Settings.CLOSE_DISCARD_BYTES_MAX.value());
    }

    public ConnectionOptions windowBytes(int value) {
        return new ConnectionOptions(
                value, sendHighWaterBytes, zeroCopyBytesMin, closeTimeout, closeDiscardBytesMax);
    }

    public ConnectionOptions sendHighWaterBytes(int value) {
        return new ConnectionOptions(
                windowBytes, value, zeroCopyBytesMin, closeTimeout, closeDiscardBytesMax);
    }

    public ConnectionOptions zeroCopyBytesMin(int value) {
        return new ConnectionOptions(
                windowBytes, sendHighWaterBytes, value, closeTimeout, closeDiscardBytesMax);
    }

    public ConnectionOptions closeTimeout(Duration value) {
        return new ConnectionOptions(
                windowBytes, sendHighWaterBytes, zeroCopyBytesMin, value, closeDiscardBytesMax);
    }

    public ConnectionOptions closeDiscardBytesMax(int value) {
        return new ConnectionOptions(
                windowBytes, sendHighWaterBytes, zeroCopyBytesMin, closeTimeout, value);
    }
}
