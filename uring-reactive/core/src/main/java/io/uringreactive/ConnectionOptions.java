// SPDX-License-Identifier: Apache-2.0
package io.uringreactive;

import java.time.Duration;

/**
 * The limits of a connection. Immutable; {@link Settings} has units, defaults and ranges.
 *
 * @param windowBytes how much may be received and not yet delivered, besides one buffer
 * @param sendHighWaterBytes above it a send requests no more of its publisher
 * @param closeTimeout how long a graceful close waits for the publishers of sends to complete, then
 *     for the peer to take some of what is queued, again and again, and then for the peer's end
 * @param closeDiscardBytesMax how much input a graceful close discards before it gives up on the
 *     peer's end
 */
public record ConnectionOptions(
        int windowBytes, int sendHighWaterBytes, Duration closeTimeout, int closeDiscardBytesMax) {
    public ConnectionOptions {
        Settings.WINDOW_BYTES.require(windowBytes);
        Settings.SEND_HIGH_WATER_BYTES.require(sendHighWaterBytes);
        Settings.CLOSE_TIMEOUT.require(closeTimeout);
        Settings.CLOSE_DISCARD_BYTES_MAX.require(closeDiscardBytesMax);
    }

    public static ConnectionOptions defaults() {
        return new ConnectionOptions(
                Settings.WINDOW_BYTES.value(),
                Settings.SEND_HIGH_WATER_BYTES.value(),
                Settings.CLOSE_TIMEOUT.value(),
                Settings.CLOSE_DISCARD_BYTES_MAX.value());
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
