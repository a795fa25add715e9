package io.uringreactive;

import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where and how to connect. Immutable.
 *
 * @param address resolved, or a host name that is looked up at subscription, off the rings
 * @param group whose next ring owns the connection; null, the default, is {@link
 *     RingGroup#shared()}
 * @param timeout until it is connected; default 10 s
 */
public record ConnectOptions(
        InetSocketAddress address,
        @Nullable RingGroup group,
        Duration timeout,
        SocketOptions socket,
        ConnectionOptions connection) {
    public ConnectOptions {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout must be positive: " + timeout);
        }
    }

    public static ConnectOptions to(String host, int port) {
        return to(InetSocketAddress.createUnresolved(host, port));
    }

    public static ConnectOptions to(InetSocketAddress address) {
        return new ConnectOptions(
                address,
                null,
                Duration.ofSeconds(10),
                SocketOptions.defaults(),
                ConnectionOptions.defaults());
    }

    public ConnectOptions group(RingGroup value) {
        return new ConnectOptions(address, value, timeout, socket, connection);
    }

    public ConnectOptions timeout(Duration value) {
        return new ConnectOptions(address, group, value, socket, connection);
    }

    public ConnectOptions socket(SocketOptions value) {
        return new ConnectOptions(address, group, timeout, value, connection);
    }

    public ConnectOptions connection(ConnectionOptions value) {
        return new ConnectOptions(address, group, timeout, socket, value);
    }

    ConnectOptions resolved(InetSocketAddress value) {
        return new ConnectOptions(value, group, timeout, socket, connection);
    }

    /** The group that connects: the one that was set, or the shared one, which starts now. */
    public RingGroup groupOrShared() {
        return group == null ? RingGroup.shared() : group;
    }
}
