// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.contract;

import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink.OverflowStrategy;

/** Publishers that break a rule of Reactive Streams. */
final class Tampered {
    /** Requests everything, and emits it whatever is requested of itself. */
    static <T> Flux<T> withoutDemand(Flux<T> source) {
        return Flux.create(
                sink -> sink.onDispose(source.subscribe(sink::next, sink::error, sink::complete)),
                OverflowStrategy.IGNORE);
    }

    /** Goes on when it is cancelled. */
    static <T> Flux<T> withoutCancel(Publisher<T> source) {
        return tampered(
                source,
                subscription ->
                        new Subscription() {
                            @Override
                            public void request(long n) {
                                subscription.request(n);
                            }

                            @Override
                            public void cancel() {
                                // That is what is wrong with it.
                            }
                        });
    }

    /** Lets requests below 1 pass as if nothing were wrong with them. */
    static <T> Flux<T> withoutBadRequests(Publisher<T> source) {
        return tampered(
                source,
                subscription ->
                        new Subscription() {
                            @Override
                            public void request(long n) {
                                if (n > 0) {
                                    subscription.request(n);
                                }
                            }

                            @Override
                            public void cancel() {
                                subscription.cancel();
                            }
                        });
    }

    private interface Tampering {
        Subscription on(Subscription subscription);
    }

    private static <T> Flux<T> tampered(Publisher<T> source, Tampering tampering) {
        return new Flux<>() {
            @Override
            public void subscribe(CoreSubscriber<? super T> actual) {
                source.subscribe(
                        new CoreSubscriber<T>() {
                            @Override
                            public void onSubscribe(Subscription subscription) {
                                actual.onSubscribe(tampering.on(subscription));
                            }

                            @Override
                            public void onNext(T item) {
                                actual.onNext(item);
                            }

                            @Override
                            public void onError(Throwable error) {
                                actual.onError(error);
                            }

                            @Override
                            public void onComplete() {
                                actual.onComplete();
                            }
                        });
            }
        };
    }

    private Tampered() {}
}
