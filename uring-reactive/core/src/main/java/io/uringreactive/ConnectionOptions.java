// SPDX-License-Identifier: Apache-2.0
package io.uringreactive;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * The limits of a connection. Immutable; {@link Settings} has units, defaults and ranges.
 *
 * @param windowBytes how much may be received and not yet delivered, besides one buffer
 * @param readIdleTimeout how long the peer may send nothing while the subscriber of {@code
 *     receive()} waits for it; then the connection is aborted with {@link TimedOut}. Zero for ever
 * @param sendHighWaterBytes above it a send requests no more of its publisher
 * @param sendQueueBytesMax when so much is queued already, a send that brings more fails with
 *     {@link ResourcesExhausted}, and the connection goes on; 0 for no such limit
 * @param writeIdleTimeout how long the peer may take nothing of what is queued; then the connection
 *     is aborted with {@link TimedOut}. Zero for ever
 * @param zeroCopyBytesMin a send whose buffers have so many bytes on average is not copied where
 *     the kernel and the network can do without (SEND_ZC, Linux 6.2): its buffers are released when
 *     the peer has acknowledged them, and who keeps one must not change it before. 0 for never
 * @param closeTimeout how long a graceful close waits for the publishers of sends to complete, then
 *     for the peer to take some of what is queued, again and again, and then for the peer's end
 * @param closeDiscardBytesMax how much input a graceful close discards before it gives up on the
 *     peer's end
 */
public record ConnectionOptions(
        int windowBytes,
        Duration readIdleTimeout,
        int sendHighWaterBytes,
        int sendQueueBytesMax,
        Duration writeIdleTimeout,
        int zeroCopyBytesMin,
        Duration closeTimeout,
        int closeDiscardBytesMax) {
    public ConnectionOptions {
        Settings.WINDOW_BYTES.require(windowBytes);
        Settings.READ_IDLE_TIMEOUT.require(readIdleTimeout);
        Settings.SEND_HIGH_WATER_BYTES.require(sendHighWaterBytes);
        Settings.SEND_QUEUE_BYTES_MAX.require(sendQueueBytesMax);
        Settings.WRITE_IDLE_TIMEOUT.require(writeIdleTimeout);
        Settings.ZERO_COPY_BYTES_MIN.require(zeroCopyBytesMin);
        Settings.CLOSE_TIMEOUT.require(closeTimeout);
        Settings.CLOSE_DISCARD_BYTES_MAX.require(closeDiscardBytesMax);
    }

    public static ConnectionOptions defaults() {
        return new ConnectionOptions(
                Settings.WINDOW_BYTES.value(),
                Settings.READ_IDLE_TIMEOUT.value(),
                Settings.SEND_HIGH_WATER_BYTES.value(),
                Settings.SEND_QUEUE_BYTES_MAX.value(),
                Settings.WRITE_IDLE_TIMEOUT.value(),
                Settings.ZERO_COPY_BYTES_MIN.value(),
                Settings.CLOSE_TIMEOUT.value(),
                Settings.CLOSE_DISCARD_BYTES_MAX.value());
    }

    public ConnectionOptions windowBytes(int value) {
        return with(draft -> draft.windowBytes = value);
    }

    public ConnectionOptions readIdleTimeout(Duration value) {
        return with(draft -> draft.readIdleTimeout = value);
    }

    public ConnectionOptions sendHighWaterBytes(int value) {
        return with(draft -> draft.sendHighWaterBytes = value);
    }

    public ConnectionOptions sendQueueBytesMax(int value) {
        return with(draft -> draft.sendQueueBytesMax = value);
    }

    public ConnectionOptions writeIdleTimeout(Duration value) {
        return with(draft -> draft.writeIdleTimeout = value);
    }

    public ConnectionOptions zeroCopyBytesMin(int value) {
        return with(draft -> draft.zeroCopyBytesMin = value);
    }

    public ConnectionOptions closeTimeout(Duration value) {
        return with(draft -> draft.closeTimeout = value);
    }

    public ConnectionOptions closeDiscardBytesMax(int value) {
        return with(draft -> draft.closeDiscardBytesMax = value);
    }

    private ConnectionOptions with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.build();
    }

    /** What a changed copy is made of. */
    private static final class Draft {
        private int windowBytes;
        private Duration readIdleTimeout;
        private int sendHighWaterBytes;
        private int sendQueueBytesMax;
        private Duration writeIdleTimeout;
        private int zeroCopyBytesMin;
        private Duration closeTimeout;
        private int closeDiscardBytesMax;

        Draft(ConnectionOptions options) {
            windowBytes = options.windowBytes;
            readIdleTimeout = options.readIdleTimeout;
            sendHighWaterBytes = options.sendHighWaterBytes;
            sendQueueBytesMax = options.sendQueueBytesMax;
            writeIdleTimeout = options.writeIdleTimeout;
            zeroCopyBytesMin = options.zeroCopyBytesMin;
            closeTimeout = options.closeTimeout;
            closeDiscardBytesMax = options.closeDiscardBytesMax;
        }

        ConnectionOptions build() {
            return new ConnectionOptions(
                    windowBytes,
                    readIdleTimeout,
                    sendHighWaterBytes,
                    sendQueueBytesMax,
                    writeIdleTimeout,
                    zeroCopyBytesMin,
                    closeTimeout,
                    closeDiscardBytesMax);
        }
    }
}
