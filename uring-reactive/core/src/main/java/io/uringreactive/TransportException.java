// SPDX-License-Identifier: Apache-2.0
package io.uringreactive;

import java.io.IOException;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * An operation on a connection or listener failed. The subclass says what happened; the fields say
 * which operation met it, with which error of the kernel, at which endpoint.
 */
public abstract sealed class TransportException extends IOException
        permits ConnectionReset,
                ConnectionClosed,
                ConnectFailed,
                BindFailed,
                TimedOut,
                ResourcesExhausted,
                TlsFailed,
                UnsupportedFeature,
                RingLost,
                OperationForbidden,
                UnexpectedErrno {
    private static final long serialVersionUID = 1L;

    private final String operation;
    private final int errno;
    private final String errnoName;
    private final String what;
    private final transient @Nullable SocketAddress endpoint;

    /**
     * What the kernel said: {@code errno} is 0 and {@code errnoName} empty where it was not asked.
     */
    record Cause(String operation, int errno, String errnoName, @Nullable SocketAddress endpoint) {}

    TransportException(Cause cause, String what) {
        this.operation = cause.operation();
        this.errno = cause.errno();
        this.errnoName = cause.errnoName();
        this.what = what;
        this.endpoint = cause.endpoint();
    }

    /** Made when it is asked for: most failures of connections are counted, not printed. */
    @Override
    public String getMessage() {
        return operation
                + (endpoint == null ? "" : " " + endpoint)
                + ": "
                + what
                + (errno == 0 ? "" : " (" + errnoName + ")");
    }

    /** The operation that met the failure: {@code receive}, {@code send}, {@code bind}, ... */
    public String operation() {
        return operation;
    }

    /** The kernel's error number, positive; 0 where the failure is not the kernel's. */
    public int errno() {
        return errno;
    }

    /** The remote address of a connection, the local one of a listener, where it is known. */
    public @Nullable SocketAddress endpoint() {
        return endpoint;
    }
}
