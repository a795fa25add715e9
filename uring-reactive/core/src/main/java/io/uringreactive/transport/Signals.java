// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.transport;

import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;
import reactor.util.Logger;
import reactor.util.Loggers;

/** What every publisher of this library signals in the same way. */
public final class Signals {
    private static final Logger LOG = Loggers.getLogger(Signals.class);

    /** The last signal: an error where there is a {@code failure}, completion else. */
    public static void end(CoreSubscriber<?> subscriber, @Nullable Throwable failure) {
        if (failure == null) {
            subscriber.onComplete();
        } else {
            subscriber.onError(failure);
        }
    }

    /**
     * What a subscriber gets that requested {@code n}, less than 1: by rule 3.9 of the
     * specification its subscription is cancelled, and it is told why.
     */
    public static IllegalArgumentException badRequest(long n) {
        return Exceptions.nullOrNegativeRequestException(n);
    }

    /** One subscriber's bug must not end everybody's loop: it is logged. */
    public static void uncaught(Throwable e) {
        report("uncaught on a connection's thread, which goes on", e);
    }

    /** A logger may throw too: it may be unable to open a file when descriptors have run out. */
    public static void report(String what, Throwable e) {
        try {
            LOG.error(what, e);
        } catch (Throwable unreported) {
            e.addSuppressed(unreported);
        }
    }

    private Signals() {}
}
