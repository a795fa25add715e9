// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;

/**
 * A request's content on its way to the handler. The connection reads for it only while more is
 * requested than is here, so what waits here is at most one received buffer. Confined to the
 * connection's thread; its subscriber's calls hop there.
 */
final class RequestBody extends Flux<ByteBuf> implements Subscription {
    /** Of bodies that there are not: nothing is ever added. */
    private static final ArrayDeque<ByteBuf> NOTHING = new ArrayDeque<>(0);

    private final Exchange exchange;
    private final boolean expected;
    private final ArrayDeque<ByteBuf> waiting;
    private @Nullable CoreSubscriber<? super ByteBuf> subscriber;
    private HttpHeaders trailers = EmptyHttpHeaders.INSTANCE;
    private boolean subscribed;
    private boolean emitting;
    private boolean ended;
    private @Nullable Throwable failure;
    private long demand;

    /** Whether the client sends the body only when it is told to. */
    private boolean clientWaits;

    /** Whether what comes is released: nobody will take it. */
    private boolean dropping;

    /** Whether it is read in order to be dropped. */
    private boolean draining;

    private long drainedBytes;

    RequestBody(Exchange exchange, boolean expected, boolean continueExpected) {
        this.exchange = exchange;
        this.expected = expected;
        this.waiting = expected ? new ArrayDeque<>(2) : NOTHING;
        this.ended = !expected;
        this.clientWaits = expected && continueExpected;
    }

    boolean isExpected() {
        return expected;
    }

    HttpHeaders trailers() {
        return trailers;
    }

    boolean isClientWaiting() {
        return clientWaits;
    }

    boolean wantsMore() {
        return !ended && (draining || (subscriber != null && demand > 0 && waiting.isEmpty()));
    }

    @Override
    public void subscribe(CoreSubscriber<? super ByteBuf> actual) {
        if (!exchange.loop().run(() -> begin(actual))) {
            Operators.error(actual, AbortedException.stopped());
        }
    }

    private void begin(CoreSubscriber<? super ByteBuf> actual) {
        if (subscribed) {
            Operators.error(actual, new IllegalStateException("a body has one subscriber"));
            return;
        }
        subscribed = true;
        subscriber = actual;
        actual.onSubscribe(this);
        emit();
    }

    @Override
    public void request(long n) {
        exchange.loop().run(() -> more(n));
    }

    private void more(long n) {
        if (subscriber == null) {
            return;
        }
        if (n <= 0) {
            fail(new IllegalArgumentException("request(n) must be positive (3.9): " + n));
            return;
        }
        demand = Operators.addCap(demand, n);
        if (clientWaits) {
            clientWaits = false;
            if (!exchange.response().isCommitted() && !ended) {
                exchange.connection().strict().writeContinue();
            }
        }
        emit();
        if (wantsMore()) {
            exchange.connection().go();
        }
    }

    @Override
    public void cancel() {
        exchange.loop().run(this::stop);
    }

    private void stop() {
        subscriber = null;
        dropping = true;
        releaseWaiting();
    }

    private void releaseWaiting() {
        ByteBuf bytes = waiting.poll();
        while (bytes != null) {
            bytes.release();
            bytes = waiting.poll();
        }
    }

    /** Takes over {@code bytes}. */
    void onContent(ByteBuf bytes) {
        clientWaits = false;
        if (!dropping) {
            waiting.add(bytes);
            emit();
            return;
        }
        drainedBytes += draining ? bytes.readableBytes() : 0;
        bytes.release();
        if (drainedBytes > exchange.connection().serving().options().drainBytesMax()) {
            draining = false;
            exchange.giveUpBody();
        }
    }

    void onEnd(HttpHeaders fields) {
        ended = true;
        trailers = fields;
        emit();
    }

    void fail(Throwable error) {
        if (!ended || !waiting.isEmpty()) {
            ended = true;
            failure = error;
            releaseWaiting();
            emit();
        }
        dropping = true;
    }

    /** The handler is done: what is left goes nowhere, also where somebody still waits for it. */
    void drop() {
        CoreSubscriber<? super ByteBuf> late = subscriber;
        stop();
        draining = !ended;
        if (late != null) {
            late.onError(new AbortedException("the handler has completed before the body", null));
        }
    }

    private void emit() {
        if (emitting) {
            return;
        }
        emitting = true;
        try {
            CoreSubscriber<? super ByteBuf> actual = subscriber;
            while (actual != null && demand > 0 && !waiting.isEmpty()) {
                if (demand != Long.MAX_VALUE) {
                    demand--;
                }
                actual.onNext(waiting.remove());
                actual = subscriber;
            }
        } finally {
            emitting = false;
        }
        CoreSubscriber<? super ByteBuf> actual = subscriber;
        if (actual != null && ended && waiting.isEmpty()) {
            subscriber = null;
            Throwable error = failure;
            if (error == null) {
                actual.onComplete();
            } else {
                actual.onError(error);
            }
        }
    }
}
