// SPDX-License-Identifier: Apache-2.0
package io.uringreactive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.ParallelFlux;

/** A cancel of {@link Transport#serve} that comes just when its listener begins to serve. */
class ServeCancelTest {
    private static final int ROUNDS = 20_000;
    private static final int DELAYS = 100;
    private static final int SPINS_MAX = 10_000;

    /** Binds when it is told to, and notes whether the serving is cancelled. */
    private static final class Bound implements Transport {
        final AtomicBoolean cancelled = new AtomicBoolean();
        private final AtomicReference<@Nullable CoreSubscriber<? super Listener>> binding =
                new AtomicReference<>();
        private final Listener listener =
                (Listener)
                        Proxy.newProxyInstance(
                                Listener.class.getClassLoader(),
                                new Class<?>[] {Listener.class},
                                (proxy, method, arguments) ->
                                        Mono.never().doOnCancel(() -> cancelled.set(true)));

        void bind() {
            Objects.requireNonNull(binding.get()).onNext(listener);
        }

        @Override
        public Mono<Listener> listen(ListenOptions options) {
            return new Mono<>() {
                @Override
                public void subscribe(CoreSubscriber<? super Listener> actual) {
                    binding.set(actual);
                    actual.onSubscribe(
                            new Subscription() {
                                @Override
                                public void request(long n) {
                                    // It binds when it is told to.
                                }

                                @Override
                                public void cancel() {
                                    // Too late: it is bound.
                                }
                            });
                }
            };
        }

        @Override
        public String name() {
            return "bound";
        }

        @Override
        public ParallelFlux<Connection> acceptParallel(ListenOptions options) {
            return Flux.<Connection>never().parallel();
        }

        @Override
        public Mono<Connection> connect(ConnectOptions options) {
            return Mono.never();
        }

        @Override
        public void dispose() {
            // It has nothing to give back.
        }

        @Override
        public Mono<Void> disposeGracefully() {
            return Mono.empty();
        }
    }

    private static void spin(int times) {
        for (int i = 0; i < times; i++) {
            Thread.onSpinWait();
        }
    }

    private static void awaitTurn(AtomicInteger turn, int wanted) {
        for (int spins = 0; turn.get() != wanted; spins++) {
            if (spins < SPINS_MAX) {
                Thread.onSpinWait();
            } else {
                Thread.yield(); // the other thread has no core
            }
        }
    }

    @Test
    void shouldReachTheListenerWheneverItComes() throws InterruptedException {
        Bound transport = new Bound();
        AtomicInteger turn = new AtomicInteger();
        AtomicReference<@Nullable BaseSubscriber<Void>> serving = new AtomicReference<>();
        Thread cancelling =
                Thread.ofPlatform()
                        .daemon()
                        .start(
                                () -> {
                                    for (int round = 1; round <= ROUNDS; round++) {
                                        awaitTurn(turn, 2 * round - 1);
                                        spin(round * 7 % DELAYS);
                                        Objects.requireNonNull(serving.get()).cancel();
                                        turn.incrementAndGet();
                                    }
                                });
        int lost = 0;
        for (int round = 1; round <= ROUNDS; round++) {
            transport.cancelled.set(false);
            serving.set(
                    transport
                            .serve(ListenOptions.port(0), conn -> Mono.empty())
                            .subscribeWith(new BaseSubscriber<>() {}));
            turn.incrementAndGet();
            spin(round * 13 % DELAYS);
            transport.bind();
            awaitTurn(turn, 2 * round);
            lost += transport.cancelled.get() ? 0 : 1;
        }
        assertTrue(cancelling.join(Duration.ofSeconds(20)));
        assertEquals(0, lost, "cancels that did not reach the listener");
    }
}
