// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.tls;

import org.reactivestreams.Subscriber;
import reactor.util.Logger;
import reactor.util.Loggers;

/** Signals that must not stop their sender: a connection ends behind a subscriber that throws. */
final class Signals {
    private static final Logger LOG = Loggers.getLogger(Signals.class);

    static void error(Subscriber<?> subscriber, Throwable reason) {
        try {
            subscriber.onError(reason);
        } catch (Throwable e) {
            LOG.error("a subscriber threw from onError; the connection ends all the same", e);
        }
    }

    /** Rule 3.9: a request below 1 is the subscriber's bug, and it is told so. */
    static IllegalArgumentException badRequest(long n) {
        return new IllegalArgumentException("request(" + n + "): at least 1 is wanted (rule 3.9)");
    }

    private Signals() {}
}
