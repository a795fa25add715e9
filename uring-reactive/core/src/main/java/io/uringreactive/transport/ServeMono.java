// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.transport;

import io.uringreactive.Connection;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.publisher.Sinks;
import reactor.util.context.Context;

/**
 * {@link io.uringreactive.Listener#serve}: each connection's handler runs on its own ring and is
 * known only to its connection, so the cost of one does not grow with how many there are.
 */
final class ServeMono extends Mono<Void> {
    private final LoopListener listener;
    private final Function<? super Connection, ? extends Publisher<Void>> handler;

    ServeMono(
            LoopListener listener,
            Function<? super Connection, ? extends Publisher<Void>> handler) {
        this.listener = listener;
        this.handler = handler;
    }

    @Override
    public void subscribe(CoreSubscriber<? super Void> actual) {
        Serving serving = new Serving(actual.currentContext());
        try {
            listener.take(serving);
        } catch (IllegalStateException e) {
            Operators.error(actual, e);
            return;
        }
        Mono.firstWithSignal(serving.failure.asMono(), listener.onClose())
                .doOnSubscribe(ignored -> listener.want(true))
                .doOnCancel(listener::dispose)
                .subscribe(actual);
    }

    @Override
    public String toString() {
        return "serve on " + listener;
    }

    private final class Serving implements ConnectionSink {
        private final Context context;
        final Sinks.Empty<Void> failure = Sinks.empty();

        Serving(Context context) {
            this.context = context;
        }

        @Override
        public void onConnection(LoopConnection connection) {
            new HandlerRun(connection, context).start(handler);
        }

        @Override
        public void onFailure(Throwable error) {
            failure.tryEmitError(error);
        }
    }
}
