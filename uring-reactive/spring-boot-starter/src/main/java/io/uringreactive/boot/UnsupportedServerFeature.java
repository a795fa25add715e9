// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.boot;

import org.springframework.boot.web.server.WebServerException;

/**
 * The application asks for something that this server does not have. It does not start then, rather
 * than leave it out silently.
 */
public final class UnsupportedServerFeature extends WebServerException {
    private static final long serialVersionUID = 1L;

    private final String what;
    private final String remedy;

    UnsupportedServerFeature(String what, String remedy) {
        super(what + ". " + remedy + ".", null);
        this.what = what;
        this.remedy = remedy;
    }

    /** What is asked for, without a full stop. */
    public String what() {
        return what;
    }

    /** What to change, without a full stop. */
    public String remedy() {
        return remedy;
    }
}
