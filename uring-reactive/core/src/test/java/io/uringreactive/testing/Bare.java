// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.testing;

import java.util.function.Consumer;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.CorePublisher;
import reactor.core.CoreSubscriber;

/**
 * Passes every signal on as it is. Reactor wraps subscribers that are not its own kind in one that
 * keeps the rules in the publisher's stead; behind this one a foreign subscriber meets the
 * publisher itself.
 */
public record Bare<T>(Subscriber<? super T> to, Consumer<? super T> after)
        implements CoreSubscriber<T> {
    /**
     * {@code source} for foreign subscribers.
     *
     * @param after what is done with each item when its subscriber has seen it
     */
    public static <T> Publisher<T> of(CorePublisher<T> source, Consumer<? super T> after) {
        return subscriber -> {
            if (subscriber == null) {
                source.subscribe(subscriber);
            } else {
                source.subscribe((CoreSubscriber<T>) new Bare<T>(subscriber, after));
            }
        };
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        to.onSubscribe(subscription);
    }

    @Override
    public void onNext(T item) {
        try {
            to.onNext(item);
        } finally {
            after.accept(item);
        }
    }

    @Override
    public void onError(Throwable error) {
        to.onError(error);
    }

    @Override
    public void onComplete() {
        to.onComplete();
    }
}
