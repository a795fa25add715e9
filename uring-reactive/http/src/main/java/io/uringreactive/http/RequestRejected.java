// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import java.io.IOException;

/**
 * The body of a request broke a rule or a limit after its handler had begun. A handler that lets it
 * through, and has not committed its response, answers with the violation's status.
 */
public final class RequestRejected extends IOException {
    private static final long serialVersionUID = 1L;

    private final HttpViolation violation;

    RequestRejected(HttpViolation violation) {
        super(violation.toString());
        this.violation = violation;
    }

    public HttpViolation violation() {
        return violation;
    }
}
