// SPDX-License-Identifier: Apache-2.0
package io.uringreactive;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.function.Consumer;
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
 * @param acceptedMax how many of the listener's connections may be open at a time, on all its
 *     rings; newcomers wait in the backlog, and those that one system call had accepted beside them
 *     wait unread. 0 for no such limit
 * @param acceptsPerSecond how many connections it lets in on average, and in a second that follows
 *     a quiet one; the others wait in the same way. 0 for no such limit
 * @param placement which ring an accepted connection lives on
 */
public record ListenOptions(
        InetSocketAddress address,
        @Nullable RingGroup group,
        int backlog,
        Duration unclaimedTimeout,
        boolean multishotAccept,
        int acceptedMax,
        int acceptsPerSecond,
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
        Settings.ACCEPTED_MAX.require(acceptedMax);
        Settings.ACCEPTS_PER_SECOND.require(acceptsPerSecond);
    }

    /** On {@code port} of every address; 0 lets the kernel choose. */
    public static ListenOptions port(int port) {
        return new ListenOptions(
                new InetSocketAddress(EVERY_ADDRESS, port),
                null,
                Settings.BACKLOG.value(),
                Settings.UNCLAIMED_TIMEOUT.value(),
                Settings.MULTISHOT_ACCEPT.value(),
                Settings.ACCEPTED_MAX.value(),
                Settings.ACCEPTS_PER_SECOND.value(),
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
        return with(draft -> draft.address = value);
    }

    public ListenOptions group(RingGroup value) {
        return with(draft -> draft.group = value);
    }

    public ListenOptions backlog(int value) {
        return with(draft -> draft.backlog = value);
    }

    public ListenOptions unclaimedTimeout(Duration value) {
        return with(draft -> draft.unclaimedTimeout = value);
    }

    public ListenOptions multishotAccept(boolean value) {
        return with(draft -> draft.multishotAccept = value);
    }

    public ListenOptions acceptedMax(int value) {
        return with(draft -> draft.acceptedMax = value);
    }

    public ListenOptions acceptsPerSecond(int value) {
        return with(draft -> draft.acceptsPerSecond = value);
    }

    public ListenOptions placement(Placement value) {
        return with(draft -> draft.placement = value);
    }

    public ListenOptions socket(SocketOptions value) {
        return with(draft -> draft.socket = value);
    }

    public ListenOptions connection(ConnectionOptions value) {
        return with(draft -> draft.connection = value);
    }

    /** The group that serves: the one that was set, or the shared one, which starts now. */
    public RingGroup groupOrShared() {
        return group == null ? RingGroup.shared() : group;
    }

    private ListenOptions with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.build();
    }

    /** What a changed copy is made of. */
    private static final class Draft {
        private InetSocketAddress address;
        private @Nullable RingGroup group;
        private int backlog;
        private Duration unclaimedTimeout;
        private boolean multishotAccept;
        private int acceptedMax;
        private int acceptsPerSecond;
        private Placement placement;
        private SocketOptions socket;
        private ConnectionOptions connection;

        Draft(ListenOptions options) {
            address = options.address;
            group = options.group;
            backlog = options.backlog;
            unclaimedTimeout = options.unclaimedTimeout;
            multishotAccept = options.multishotAccept;
            acceptedMax = options.acceptedMax;
            acceptsPerSecond = options.acceptsPerSecond;
            placement = options.placement;
            socket = options.socket;
            connection = options.connection;
        }

        ListenOptions build() {
            return new ListenOptions(
                    address,
                    group,
                    backlog,
                    unclaimedTimeout,
                    multishotAccept,
                    acceptedMax,
                    acceptsPerSecond,
                    placement,
                    socket,
                    connection);
        }
    }
}
