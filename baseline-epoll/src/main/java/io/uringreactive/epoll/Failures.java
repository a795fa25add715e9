// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.epoll;

import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.unix.Errors.NativeIoException;
import io.uringreactive.TransportErrors;
import io.uringreactive.TransportErrors.Family;
import io.uringreactive.TransportException;
import io.uringreactive.sys.abi.Errno;
import java.net.NoRouteToHostException;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * From what Netty and the JDK throw to what this library throws. Netty tells the kernel's error
 * number; the JDK tells only its text, and there the number is Linux's for the same error, whatever
 * the system.
 */
final class Failures {
    /** How Netty words what its own system calls return. */
    private static final Pattern NETTY = Pattern.compile("failed with error\\(-(\\d+)\\)");

    /** strerror(3) of Linux and macOS, and what Windows says; the first that is found counts. */
    private static final Map<String, Errno> TEXTS = texts();

    private static Map<String, Errno> texts() {
        Map<String, Errno> texts = new LinkedHashMap<>();
        texts.put("connection refused", Errno.ECONNREFUSED);
        texts.put("connection reset", Errno.ECONNRESET);
        texts.put("forcibly closed", Errno.ECONNRESET);
        texts.put("broken pipe", Errno.EPIPE);
        texts.put("connection was aborted", Errno.ECONNABORTED);
        texts.put("address already in use", Errno.EADDRINUSE);
        texts.put("permission denied", Errno.EACCES);
        texts.put("assign requested address", Errno.EADDRNOTAVAIL);
        texts.put("too many open files in system", Errno.ENFILE);
        texts.put("too many open files", Errno.EMFILE);
        texts.put("no buffer space", Errno.ENOBUFS);
        texts.put("cannot allocate memory", Errno.ENOMEM);
        texts.put("network is unreachable", Errno.ENETUNREACH);
        texts.put("no route to host", Errno.EHOSTUNREACH);
        texts.put("timed out", Errno.ETIMEDOUT);
        texts.put("not connected", Errno.ENOTCONN);
        return texts;
    }

    /** What {@code thrown} means for {@code operation}. */
    static TransportException of(
            Family family, String operation, Throwable thrown, @Nullable SocketAddress endpoint) {
        int number = number(thrown);
        if (number > 0) {
            return TransportErrors.of(family, operation, -number, endpoint);
        }
        for (Throwable e = thrown; e != null; e = e.getCause()) {
            if (e instanceof ClosedChannelException) {
                return TransportErrors.closed(operation, endpoint);
            }
        }
        TransportException unknown =
                TransportErrors.of(family, operation, -Errno.EIO.number(), endpoint);
        unknown.initCause(thrown);
        return unknown;
    }

    /** The error number behind {@code thrown}; 0 where it has none. */
    static int number(Throwable thrown) {
        for (Throwable e = thrown; e != null; e = e.getCause()) {
            int number = ofOne(e);
            if (number > 0) {
                return number;
            }
        }
        return 0;
    }

    private static int ofOne(Throwable e) {
        if (e instanceof NativeIoException nativeError) {
            return -nativeError.expectedErr();
        }
        if (e instanceof ConnectTimeoutException) {
            return Errno.ETIMEDOUT.number();
        }
        if (e instanceof UnsupportedAddressTypeException) {
            return Errno.EAFNOSUPPORT.number();
        }
        String text = String.valueOf(e.getMessage());
        Matcher netty = NETTY.matcher(text);
        if (netty.find()) {
            return Integer.parseInt(netty.group(1));
        }
        String lower = text.toLowerCase(java.util.Locale.ROOT);
        for (Map.Entry<String, Errno> entry : TEXTS.entrySet()) {
            if (lower.contains(entry.getKey())) {
                return entry.getValue().number();
            }
        }
        return e instanceof NoRouteToHostException ? Errno.EHOSTUNREACH.number() : 0;
    }

    private Failures() {}
}
