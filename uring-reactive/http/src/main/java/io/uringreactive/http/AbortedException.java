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

    /** For who comes when the connection's thread takes nothing more. */
    static AbortedException stopped() {
        return new AbortedException("the server's transport has stopped", null);
    }
}
