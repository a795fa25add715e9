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
 */
public record SocketOptions(
        boolean noDelay, boolean keepAlive, int receiveBufferBytes, int sendBufferBytes) {
    public SocketOptions {
        Settings.RECEIVE_BUFFER_BYTES.require(receiveBufferBytes);
        Settings.SEND_BUFFER_BYTES.require(sendBufferBytes);
    }

    public static SocketOptions defaults() {
        return new SocketOptions(
                Settings.NO_DELAY.value(),
                Settings.KEEP_ALIVE.value(),
                Settings.RECEIVE_BUFFER_BYTES.value(),
                Settings.SEND_BUFFER_BYTES.value());
    }

    public SocketOptions noDelay(boolean value) {
        return new SocketOptions(value, keepAlive, receiveBufferBytes, sendBufferBytes);
    }

    public SocketOptions keepAlive(boolean value) {
        return new SocketOptions(noDelay, value, receiveBufferBytes, sendBufferBytes);
    }

    public SocketOptions receiveBufferBytes(int value) {
        return new SocketOptions(noDelay, keepAlive, value, sendBufferBytes);
    }

    public SocketOptions sendBufferBytes(int value) {
        return new SocketOptions(noDelay, keepAlive, receiveBufferBytes, value);
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
        return changes;
    }
}
