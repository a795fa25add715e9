// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request broke a rule or a limit after its handler had begun. A handler that lets it
 * through, as it is or as another exception's cause, and has not committed its response, answers
 * with the violation's status.
 */
public final class RequestRejected extends IOException {
    private static final long serialVersionUID = 1L;

    /** Causes may go round in circles. */
    private static final int CAUSES_MAX = 16;

    private final HttpViolation violation;

    RequestRejected(HttpViolation violation) {
        super(violation.toString());
        this.violation = violation;
    }

    /** The refusal that {@code error} is or was caused by, such as a decoder's; null otherwise. */
    static @Nullable RequestRejected in(Throwable error) {
        Throwable each = error;
        for (int i = 0; i < CAUSES_MAX && each != null; i++) {
            if (each instanceof RequestRejected rejected) {
                return rejected;
            }
            each = each.getCause();
        }
        return null;
    }

    public HttpViolation violation() {
        return violation;
    }
}
