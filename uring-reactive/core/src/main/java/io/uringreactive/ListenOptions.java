package io.uringreactive;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where and how to listen. Immutable.
 *
 * @param address default: every address of the machine, IPv6 and IPv4
 * @param group the rings that serve; null, the default, is {@link RingGroup#shared()}
 * @param backlog connections that the kernel holds for accepting, per ring; default 4096, bounded
 *     by {@code net.core.somaxconn}
 * @param unclaimedTimeout after it a connection that was emitted and that nobody uses is aborted;
 *     default 30 s
 */
public record ListenOptions(
        InetSocketAddress address,
        @Nullable RingGroup group,
        int backlog,
        Duration unclaimedTimeout,
        SocketOptions socket,
        ConnectionOptions connection) {
    private static final int BACKLOG_DEFAULT = 4096;

    /** {@code ::}, which takes IPv4 too; where there is no IPv6, {@code 0.0.0.0} is used for it. */
    private static final InetAddress EVERY_ADDRESS = InetAddress.ofLiteral("::");

    public ListenOptions {
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("the address is not resolved: " + address);
        }
        if (backlog < 1) {
            throw new IllegalArgumentException("backlog must be positive: " + backlog);
        }
        if (unclaimedTimeout.isNegative() || unclaimedTimeout.isZero()) {
            throw new IllegalArgumentException(
                    "unclaimedTimeout must be positive: " + unclaimedTimeout);
        }
    }

    /** On {@code port} of every address; 0 lets the kernel choose. */
    public static ListenOptions port(int port) {
        return new ListenOptions(
                new InetSocketAddress(EVERY_ADDRESS, port),
                null,
                BACKLOG_DEFAULT,
                Duration.ofSeconds(30),
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
        return new ListenOptions(value, group, backlog, unclaimedTimeout, socket, connection);
    }

    public ListenOptions group(RingGroup value) {
        return new ListenOptions(address, value, backlog, unclaimedTimeout, socket, connection);
    }

    public ListenOptions backlog(int value) {
        return new ListenOptions(address, group, value, unclaimedTimeout, socket, connection);
    }

    public ListenOptions unclaimedTimeout(Duration value) {
        return new ListenOptions(address, group, backlog, value, socket, connection);
    }

    public ListenOptions socket(SocketOptions value) {
        return new ListenOptions(address, group, backlog, unclaimedTimeout, value, connection);
    }

    public ListenOptions connection(ConnectionOptions value) {
        return new ListenOptions(address, group, backlog, unclaimedTimeout, socket, value);
    }

    /** The group that serves: the one that was set, or the shared one, which starts now. */
    public RingGroup groupOrShared() {
        return group == null ? RingGroup.shared() : group;
    }
}
