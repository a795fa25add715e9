// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.transport;

import io.uringreactive.Connection;
import io.uringreactive.ConnectionClosed;
import io.uringreactive.ConnectionReset;
import io.uringreactive.TlsFailed;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Operators;
import reactor.util.Logger;
import reactor.util.Loggers;
import reactor.util.context.Context;

/**
 * Runs a handler on a connection and ends the connection with it: in order when it completes, at
 * once when it fails or is cancelled. Contains its error, so that one peer cannot end a server.
 */
final class HandlerRun implements CoreSubscriber<Void> {
    private static final Logger LOG = Loggers.getLogger(Connection.class);

    private final LoopConnection connection;
    private final Context context;
    private volatile @Nullable Subscription upstream;
    private volatile boolean cancelled;

    /** Whether the handler has ended by itself. */
    private volatile boolean ended;

    HandlerRun(LoopConnection connection, Context context) {
        this.connection = connection;
        this.context = context;
    }

    /** On the connection's loop. */
    void start(Function<? super Connection, ? extends Publisher<Void>> handler) {
        connection.claim();
        if (cancelled || !connection.runs(this)) {
            return;
        }
        try {
            if (Hooks.isAutomaticContextPropagationEnabled()) {
                ThreadLocals.restoredFor(Flux.defer(() -> apply(handler))).subscribe(this);
            } else {
                apply(handler).subscribe(this);
            }
        } catch (Throwable e) {
            onError(e);
        }
    }

    private Publisher<Void> apply(Function<? super Connection, ? extends Publisher<Void>> handler) {
        Publisher<Void> run = handler.apply(connection);
        if (run == null) {
            throw new NullPointerException("the handler returned null, not a publisher");
        }
        return run;
    }

    @Override
    public Context currentContext() {
        return context;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        if (Operators.validate(upstream, subscription)) {
            upstream = subscription;
            // Looked at after the upstream is set, as cancel() looks at it after its mark.
            if (cancelled) {
                subscription.cancel();
            } else {
                subscription.request(Long.MAX_VALUE);
            }
        }
    }

    @Override
    public void onNext(Void nothing) {
        // A Publisher<Void> emits nothing.
    }

    @Override
    public void onError(Throwable error) {
        ended = true;
        if (cancelled) {
            Operators.onErrorDropped(error, context);
            return;
        }
        connection.dispose();
        if (error instanceof ConnectionReset
                || error instanceof ConnectionClosed
                || error instanceof TlsFailed) {
            LOG.debug("{} ended by its peer: {}", connection, error.getMessage());
        } else {
            LOG.warn("the handler of {} failed; the connection is aborted", connection, error);
        }
    }

    @Override
    public void onComplete() {
        ended = true;
        connection.closeInOrder();
    }

    /** From any thread. */
    void cancel() {
        cancelHandler();
        connection.dispose();
    }

    /**
     * The connection has ended. A handler that goes on, such as an interval, has nothing left to do
     * it for.
     */
    void onConnectionClosed() {
        if (!ended) {
            cancelHandler();
        }
    }

    private void cancelHandler() {
        cancelled = true;
        Subscription subscription = upstream;
        if (subscription != null) {
            try {
                subscription.cancel();
            } catch (Throwable e) {
                // Against rule 3.15; the connection and other handlers must end all the same.
                LOG.warn("the handler of {} threw from cancel", connection, e);
            }
        }
    }
}
