// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The client left, or the connection was given up, before request and response were complete. The
 * class has the name by which frameworks tell a disconnect from a server's own failure.
 */
public final class AbortedException extends IOException {
    private static final long serialVersionUID = 1L;

    AbortedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /**
     * For a handler that cannot finish its response because of {@code failure} and has seen to it
     * that somebody hears of that: a handler that fails with this one is answered with 500, or has
     * its connection aborted, as with any other, but the server does not log it as an error.
     */
    public static AbortedException after(Throwable failure) {
        return new AbortedException("the handler has failed: " + failure, failure);
    }

    /** For who comes when the connection's thread takes nothing more. */
    static AbortedException stopped() {
        return new AbortedException("the server's transport has stopped", null);
    }
}
