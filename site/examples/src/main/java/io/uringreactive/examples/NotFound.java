// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.examples;

import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/** Answered with 404 and a problem detail that says what there is not. */
class NotFound extends ErrorResponseException {
    private static final long serialVersionUID = 1;

    NotFound(String what) {
        super(HttpStatus.NOT_FOUND);
        setDetail("There is no " + what + ".");
    }
}
