// SPDX-License-Identifier: Apache-2.0
package io.uringreactive;

import io.uringreactive.TransportException.Cause;
import io.uringreactive.sys.abi.Errno;
import io.uringreactive.sys.abi.Opcode;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The one table from an operation's error number to the exception that stands for it. Public for
 * this library's own packages and for other transports of the same API.
 */
public final class TransportErrors {
    /** What the failing operation was about, where the same errno means different things. */
    public enum Family {
        BIND,
        CONNECT,
        TRANSFER,
        RING
    }

    /**
     * The exception for {@code result}, which is {@code -errno}.
     *
     * @param operation its name, for the message
     */
    public static TransportException of(
            Family family, String operation, int result, @Nullable SocketAddress endpoint) {
        Cause cause = new Cause(operation, -result, Errno.name(result), endpoint);
        if (Errno.EMFILE.is(result) || Errno.ENFILE.is(result)) {
            return new ResourcesExhausted(
                    cause, "no file descriptor is left; raise RLIMIT_NOFILE (ulimit -n)");
        }
        if (Errno.ENOMEM.is(result) || Errno.ENOBUFS.is(result)) {
            return new ResourcesExhausted(cause, "the kernel has no memory for it");
        }
        return switch (family) {
            case BIND -> bind(cause, result);
            case CONNECT -> connect(cause, result);
            case TRANSFER -> transfer(cause, result);
            case RING -> other(cause, result);
        };
    }

    private static TransportException bind(Cause cause, int result) {
        if (Errno.EADDRINUSE.is(result)) {
            return new BindFailed(cause, "the port is in use");
        }
        if (Errno.EACCES.is(result) || Errno.EPERM.is(result)) {
            return new BindFailed(cause, "not allowed; ports below 1024 need CAP_NET_BIND_SERVICE");
        }
        if (Errno.EADDRNOTAVAIL.is(result) || Errno.EAFNOSUPPORT.is(result)) {
            return new BindFailed(cause, "not an address of this machine");
        }
        return other(cause, result);
    }

    private static TransportException connect(Cause cause, int result) {
        if (Errno.ECONNREFUSED.is(result)) {
            return new ConnectFailed(cause, "nobody listens there");
        }
        if (Errno.ETIMEDOUT.is(result)) {
            return new TimedOut(cause, "no answer in time");
        }
        if (Errno.ENETUNREACH.is(result)
                || Errno.EHOSTUNREACH.is(result)
                || Errno.EHOSTDOWN.is(result)
                || Errno.ENETDOWN.is(result)) {
            return new ConnectFailed(cause, "no way there");
        }
        if (Errno.EADDRNOTAVAIL.is(result) || Errno.EAFNOSUPPORT.is(result)) {
            return new ConnectFailed(cause, "no local address or port is left for it");
        }
        return transfer(cause, result);
    }

    private static TransportException transfer(Cause cause, int result) {
        if (Errno.ECONNRESET.is(result)
                || Errno.EPIPE.is(result)
                || Errno.ECONNABORTED.is(result)
                || Errno.ENETUNREACH.is(result)
                || Errno.EHOSTUNREACH.is(result)) {
            return new ConnectionReset(cause, "connection reset by peer");
        }
        if (Errno.ETIMEDOUT.is(result)) {
            return new TimedOut(cause, "the peer stopped answering");
        }
        if (Errno.ECANCELED.is(result) || Errno.EBADF.is(result) || Errno.ENOTCONN.is(result)) {
            return new ConnectionClosed(cause, "closed on this side");
        }
        return other(cause, result);
    }

    private static TransportException other(Cause cause, int result) {
        if (Errno.EOPNOTSUPP.is(result) || Errno.ENOSYS.is(result)) {
            return new UnsupportedFeature(cause, "the kernel does not know this operation");
        }
        return new UnexpectedErrno(cause, "unexpected error " + -result);
    }

    /** For a connection or listener that is closed on this side: the kernel was not asked. */
    public static ConnectionClosed closed(String operation, @Nullable SocketAddress endpoint) {
        return new ConnectionClosed(new Cause(operation, 0, "", endpoint), "closed on this side");
    }

    /** For a time limit of this library's own: {@code what} says which. */
    public static TimedOut timedOut(
            String operation, String what, @Nullable SocketAddress endpoint) {
        return new TimedOut(new Cause(operation, 0, "", endpoint), what);
    }

    /** For a send that finds so many bytes queued already; the connection goes on. */
    public static ResourcesExhausted queueFull(int bytesMax, @Nullable SocketAddress endpoint) {
        return new ResourcesExhausted(
                new Cause("send", 0, "", endpoint),
                bytesMax + " bytes are queued already; see send-queue-bytes-max");
    }

    /** For a ring that ended before what was in flight on it, by {@code cause} where it has one. */
    public static RingLost ringLost(String what, @Nullable Throwable cause) {
        RingLost lost = new RingLost(new Cause("ring", 0, "", null), what);
        if (cause != null) {
            lost.initCause(cause);
        }
        return lost;
    }

    /** For an operation that the kernel refused because of its ring's profile. */
    public static OperationForbidden forbidden(int opcode, Profile profile) {
        String name = Opcode.name(opcode);
        return new OperationForbidden(
                new Cause(name, Errno.EACCES.number(), Errno.EACCES.name(), null),
                "the ring's profile "
                        + profile
                        + " does not allow it; create the RingGroup with the profile "
                        + Profile.of(opcode));
    }

    /**
     * For TLS over a connection: the kernel has no part in it.
     *
     * @param what what happened and, after a semicolon, what to change
     * @param cause what the protocol's engine said; null where nobody but this library noticed
     */
    public static TlsFailed tls(
            String operation,
            TlsFailed.Reason reason,
            String what,
            @Nullable SocketAddress endpoint,
            @Nullable Throwable cause) {
        return new TlsFailed(new Cause(operation, 0, "", endpoint), reason, what, cause);
    }

    private TransportErrors() {}
}
