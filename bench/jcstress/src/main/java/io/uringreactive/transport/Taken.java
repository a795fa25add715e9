// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.transport;

import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

/** A subscriber that counts, and notices signals on two threads at a time. */
final class Taken implements CoreSubscriber<Object> {
    private volatile boolean inside;
    private volatile boolean overlapped;
    private int count;

    @Override
    public void onSubscribe(Subscription subscription) {}

    @Override
    public void onNext(Object item) {
        if (inside) {
            overlapped = true;
        }
        inside = true;
        count++;
        inside = false;
    }

    @Override
    public void onError(Throwable error) {
        overlapped = true; // nothing here fails
    }

    @Override
    public void onComplete() {
        overlapped = true; // nor ends
    }

    int count() {
        return count;
    }

    boolean overlapped() {
        return overlapped;
    }
}
