// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import io.uringreactive.Connection;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.util.context.Context;

/** Runs a handler on a {@link TestConnection} and ends the connection with it. */
final class TestHandler extends BaseSubscriber<Void> {
    private final TestConnection connection;
    private final Context context;
    private volatile boolean abandoned;

    TestHandler(TestConnection connection, Context context) {
        this.connection = connection;
        this.context = context;
    }

    void start(Function<? super Connection, ? extends Publisher<Void>> handler) {
        if (abandoned) {
            return;
        }
        try {
            Publisher<Void> run = handler.apply(connection);
            Objects.requireNonNull(run, "the handler returned null, not a publisher")
                    .subscribe(this);
        } catch (Throwable e) {
            connection.onHandlerError(e);
        }
    }

    @Override
    public Context currentContext() {
        return context;
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
        requestUnbounded();
    }

    @Override
    protected void hookOnComplete() {
        connection.closeInOrder();
    }

    @Override
    protected void hookOnError(@Nullable Throwable error) {
        connection.onHandlerError(Objects.requireNonNull(error));
    }

    /** The subscriber of {@link Connection#handle} has cancelled. */
    void abandon() {
        abandoned = true;
        cancel();
        connection.dispose();
    }
}
