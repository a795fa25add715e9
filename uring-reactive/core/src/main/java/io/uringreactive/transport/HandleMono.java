// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.transport;

import io.uringreactive.Connection;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/** {@link Connection#handle}: completes when the connection is closed, and never fails. */
final class HandleMono extends Mono<Void> {
    private final LoopConnection connection;
    private final Function<? super Connection, ? extends Publisher<Void>> handler;

    HandleMono(
            LoopConnection connection,
            Function<? super Connection, ? extends Publisher<Void>> handler) {
        this.connection = connection;
        this.handler = handler;
    }

    @Override
    public void subscribe(CoreSubscriber<? super Void> actual) {
        Context context = actual.currentContext();
        HandlerRun run = new HandlerRun(connection, context);
        connection
                .onClose()
                .doOnSubscribe(ignored -> connection.loop().run(() -> run.start(handler)))
                .doOnCancel(run::cancel)
                .subscribe(actual);
    }

    @Override
    public String toString() {
        return "handle of " + connection;
    }
}
