// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.loop;

import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;

/** What every publisher of this library signals in the same way. */
public final class Signals {
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

    private Signals() {}
}
