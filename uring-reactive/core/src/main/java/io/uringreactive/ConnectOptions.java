// SPDX-License-Identifier: Apache-2.0
package io.uringreactive;

import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where and how to connect. Immutable; {@link Settings} has units, defaults and ranges.
 *
 * @param address resolved, or a host name that {@code resolver} looks up at subscription
 * @param group whose next ring owns the connection; null, the default, is {@link
 *     RingGroup#shared()}
 * @param resolver finds a host's addresses, off the rings
 * @param timeout until it is connected, the look-up included
 * @param attemptDelay how long one address of a host has before the next one is tried beside it
 */
public record ConnectOptions(
        InetSocketAddress address,
        @Nullable RingGroup group,
        HostResolver resolver,
        Duration timeout,
        Duration attemptDelay,
        SocketOptions socket,
        ConnectionOptions connection) {
    public ConnectOptions {
        Settings.CONNECT_TIMEOUT.require(timeout);
        Settings.ATTEMPT_DELAY.require(attemptDelay);
    }

    public static ConnectOptions to(String host, int port) {
        return to(InetSocketAddress.createUnresolved(host, port));
    }

    public static ConnectOptions to(InetSocketAddress address) {
        return new ConnectOptions(
                address,
                null,
                HostResolver.system(),
                Settings.CONNECT_TIMEOUT.value(),
                Settings.ATTEMPT_DELAY.value(),
                SocketOptions.defaults(),
                ConnectionOptions.defaults());
    }

    public ConnectOptions group(RingGroup value) {
        return new ConnectOptions(
                address, value, resolver, timeout, attemptDelay, socket, connection);
    }

    public ConnectOptions resolver(HostResolver value) {
        return new ConnectOptions(address, group, value, timeout, attemptDelay, socket, connection);
    }

    public ConnectOptions timeout(Duration value) {
        return new ConnectOptions(
                address, group, resolver, value, attemptDelay, socket, connection);
    }

    public ConnectOptions attemptDelay(Duration value) {
        return new ConnectOptions(address, group, resolver, timeout, value, socket, connection);
    }

    public ConnectOptions socket(SocketOptions value) {
        return new ConnectOptions(
                address, group, resolver, timeout, attemptDelay, value, connection);
    }

    public ConnectOptions connection(ConnectionOptions value) {
        return new ConnectOptions(address, group, resolver, timeout, attemptDelay, socket, value);
    }

    /** The group that connects: the one that was set, or the shared one, which starts now. */
    public RingGroup groupOrShared() {
        return group == null ? RingGroup.shared() : group;
    }
}
