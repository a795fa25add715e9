// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.boot;

import org.springframework.boot.web.server.WebServerException;

/**
 * The application asks for something that this server does not have. It does not start then, rather
 * than leave it out silently.
 */
public final class UnsupportedServerFeature extends WebServerException {
    private static final long serialVersionUID = 1L;

<<<<<<< HEAD
=======
    private final String what;
>>>>>>> fc8b59a66d7dce64247149343cbc4eef709dc7cc
    private final String remedy;

    UnsupportedServerFeature(String what, String remedy) {
        super(what + ". " + remedy + ".", null);
<<<<<<< HEAD
        this.remedy = remedy;
    }

=======
        this.what = what;
        this.remedy = remedy;
    }

    /** What is asked for, without a full stop. */
    public String what() {
        return what;
    }

>>>>>>> fc8b59a66d7dce64247149343cbc4eef709dc7cc
    /** What to change, without a full stop. */
    public String remedy() {
        return remedy;
    }
}
