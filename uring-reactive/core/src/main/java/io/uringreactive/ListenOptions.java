// SPDX-License-Identifier: Apache-2.0
package io.uringreactive;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where and how to listen. Immutable; {@link Settings} has units, defaults and ranges.
 *
 * @param address default: every address of the machine, IPv6 and IPv4
 * @param group the rings that serve; null, the default, is {@link RingGroup#shared()}
 * @param backlog connections that the kernel holds for accepting, per ring
 * @param unclaimedTimeout after it a connection that was emitted and that nobody uses is aborted
 * @param multishotAccept whether one SQE accepts connection after connection (Linux 5.19), or each
 *     needs one of its own
 * @param placement which ring an accepted connection lives on
 */
public record ListenOptions(
        InetSocketAddress address,
        @Nullable RingGroup group,
        int backlog,
        Duration unclaimedTimeout,
        boolean multishotAccept,
        Placement placement,
        SocketOptions socket,
        ConnectionOptions connection) {
    /** {@code ::}, which takes IPv4 too; where there is no IPv6, {@code 0.0.0.0} is used for it. */
    private static final InetAddress EVERY_ADDRESS = InetAddress.ofLiteral("::");

    public ListenOptions {
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("the address is not resolved: " + address);
        }
        Settings.BACKLOG.require(backlog);
        Settings.UNCLAIMED_TIMEOUT.require(unclaimedTimeout);
    }

    /** On {@code port} of every address; 0 lets the kernel choose. */
    public static ListenOptions port(int port) {
        return new ListenOptions(
                new InetSocketAddress(EVERY_ADDRESS, port),
                null,
                Settings.BACKLOG.value(),
                Settings.UNCLAIMED_TIMEOUT.value(),
                Settings.MULTISHOT_ACCEPT.value(),
                Settings.PLACEMENT.value(),
                SocketOptions.defaults(),
                ConnectionOptions.defaults());
    }

    /**
     * On one address of the machine. A literal address costs nothing; a name is looked up here and
     * now, on the calling thread.
     *
     * @throws IllegalArgumentException when there is no such host
     */
    public ListenOptions host(String host) {
        try {
            return address(new InetSocketAddress(InetAddress.getByName(host), address.getPort()));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("no such host: " + host, e);
        }
    }

    public ListenOptions address(InetSocketAddress value) {
        return new ListenOptions(
                value,
                group,
                backlog,
                unclaimedTimeout,
                multishotAccept,
                placement,
                socket,
                connection);
    }

    public ListenOptions group(RingGroup value) {
        return new ListenOptions(
                address,
                value,
                backlog,
                unclaimedTimeout,
                multishotAccept,
                placement,
                socket,
                connection);
    }

    public ListenOptions backlog(int value) {
        return new ListenOptions(
                address,
                group,
                value,
                unclaimedTimeout,
                multishotAccept,
                placement,
                socket,
                connection);
    }

    public ListenOptions unclaimedTimeout(Duration value) {
        return new ListenOptions(
                address, group, backlog, value, multishotAccept, placement, socket, connection);
    }

    public ListenOptions multishotAccept(boolean value) {
        return new ListenOptions(
                address, group, backlog, unclaimedTimeout, value, placement, socket, connection);
    }

    public ListenOptions placement(Placement value) {
        return new ListenOptions(
                address,
                group,
                backlog,
                unclaimedTimeout,
                multishotAccept,
                value,
                socket,
                connection);
    }

    public ListenOptions socket(SocketOptions value) {
        return new ListenOptions(
                address,
                group,
                backlog,
                unclaimedTimeout,
                multishotAccept,
                placement,
                value,
                connection);
    }

    public ListenOptions connection(ConnectionOptions value) {
        return new ListenOptions(
                address,
                group,
                backlog,
                unclaimedTimeout,
                multishotAccept,
                placement,
                socket,
                value);
    }

    /** The group that serves: the one that was set, or the shared one, which starts now. */
    public RingGroup groupOrShared() {
        return group == null ? RingGroup.shared() : group;
    }
}
