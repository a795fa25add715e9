// SPDX-License-Identifier: Apache-2.0
package io.uringreactive;

import io.uringreactive.sys.abi.SocketOption;
import java.util.EnumMap;
import java.util.Map;

/**
 * What is set on a TCP socket, see socket(7) and tcp(7). Accepted connections inherit it from their
 * listener. Immutable; {@link Settings} has units, defaults and ranges.
 *
 * @param noDelay TCP_NODELAY: small writes leave at once; sends are gathered here already
 * @param keepAlive SO_KEEPALIVE
 * @param receiveBufferBytes SO_RCVBUF; 0 leaves it to the kernel's own tuning
 * @param sendBufferBytes SO_SNDBUF; 0 leaves it to the kernel's own tuning
 * @param unsentBytesMax TCP_NOTSENT_LOWAT (since Linux 3.12): a socket takes no more while it has
 *     so much that TCP has not sent, however large its send buffer is, until its peer has taken
 *     {@link #PROVEN_BYTES}. What a slow peer costs in memory is bounded, and large bodies for a
 *     fast one are not cut into pieces; {@code sendBufferBytes} bounds both. 0 leaves it to the
 *     kernel. The JDK's channels ({@code nio}) do not know it
 */
public record SocketOptions(
        boolean noDelay,
        boolean keepAlive,
        int receiveBufferBytes,
        int sendBufferBytes,
        int unsentBytesMax) {
    /** How much a connection must have sent until {@code unsentBytesMax} is lifted. */
    public static final int PROVEN_BYTES = 512 * 1024;

    public SocketOptions {
        Settings.RECEIVE_BUFFER_BYTES.require(receiveBufferBytes);
        Settings.SEND_BUFFER_BYTES.require(sendBufferBytes);
        Settings.UNSENT_BYTES_MAX.require(unsentBytesMax);
    }

    public static SocketOptions defaults() {
        return new SocketOptions(
                Settings.NO_DELAY.value(),
                Settings.KEEP_ALIVE.value(),
                Settings.RECEIVE_BUFFER_BYTES.value(),
                Settings.SEND_BUFFER_BYTES.value(),
                Settings.UNSENT_BYTES_MAX.value());
    }

    public SocketOptions noDelay(boolean value) {
        return new SocketOptions(
                value, keepAlive, receiveBufferBytes, sendBufferBytes, unsentBytesMax);
    }

    public SocketOptions keepAlive(boolean value) {
        return new SocketOptions(
                noDelay, value, receiveBufferBytes, sendBufferBytes, unsentBytesMax);
    }

    public SocketOptions receiveBufferBytes(int value) {
        return new SocketOptions(noDelay, keepAlive, value, sendBufferBytes, unsentBytesMax);
    }

    public SocketOptions sendBufferBytes(int value) {
        return new SocketOptions(noDelay, keepAlive, receiveBufferBytes, value, unsentBytesMax);
    }

    public SocketOptions unsentBytesMax(int value) {
        return new SocketOptions(noDelay, keepAlive, receiveBufferBytes, sendBufferBytes, value);
    }

    /** What differs from a fresh socket. */
    public Map<SocketOption, Integer> changes() {
        Map<SocketOption, Integer> changes = new EnumMap<>(SocketOption.class);
        if (noDelay) {
            changes.put(SocketOption.TCP_NODELAY, 1);
        }
        if (keepAlive) {
            changes.put(SocketOption.SO_KEEPALIVE, 1);
        }
        if (receiveBufferBytes > 0) {
            changes.put(SocketOption.SO_RCVBUF, receiveBufferBytes);
        }
        if (sendBufferBytes > 0) {
            changes.put(SocketOption.SO_SNDBUF, sendBufferBytes);
        }
        if (unsentBytesMax > 0) {
            changes.put(SocketOption.TCP_NOTSENT_LOWAT, unsentBytesMax);
        }
        return changes;
    }
}
