// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.publisher.Operators;

/**
 * One request and its response. It is over when the handler has completed, the response has ended
 * and the request's body has been read, dropped or given up. Confined to the connection's thread.
 */
final class Exchange {
    private final Http1Connection connection;
    private final ServerRequest request;
    private final RequestBody body;
    private final ServerResponse response;
    private final Handling handling;
    private final long startedNanos;
    private boolean keepsAlive;
    private boolean requestEnded;
    private boolean handlerEnded;
    private boolean over;
    private @Nullable HttpViolation violation;

    Exchange(Http1Connection connection, RequestHead head, boolean isLast) {
        this.connection = connection;
        this.keepsAlive = !isLast && head.keepsAlive();
        this.body = new RequestBody(this, head.hasBody(), head.expectsContinue());
        this.request = new ServerRequest(head, body, connection);
        this.response = new ServerResponse(this, request, new ResponseOutput(connection, head));
        this.handling = new Handling(loop());
        this.startedNanos = connection.serving().log().now();
    }

    Http1Connection connection() {
        return connection;
    }

    ConnectionLoop loop() {
        return connection.channel().loop();
    }

    RequestBody body() {
        return body;
    }

    ServerRequest request() {
        return request;
    }

    ServerResponse response() {
        return response;
    }

    boolean isOver() {
        return over;
    }

    boolean isRequestEnded() {
        return requestEnded;
    }

    boolean isResponseEnded() {
        return response.isEnded();
    }

    /** Whether the connection stays, as it looks now: what a head says is then kept to. */
    boolean keepsAlive() {
        return keepsAlive && violation == null && !body.isClientWaiting();
    }

    void doNotKeepAlive() {
        keepsAlive = false;
    }

    /** A request without a body has ended, although the decoder says so only after its head. */
    void start() {
        if (!body.isExpected()) {
            return;
        }
        run();
    }

    private void run() {
        try {
            Publisher<Void> handled = connection.serving().handler().handle(request, response);
            if (handled == null) {
                throw new NullPointerException("the handler returned null, not a publisher");
            }
            handled.subscribe(handling);
        } catch (Throwable e) {
            handling.onError(e);
        }
    }

    void onRequestEnd(HttpHeaders trailers) {
        requestEnded = true;
        if (body.isExpected()) {
            body.onEnd(trailers);
            endIfDone();
        } else {
            run();
        }
    }

    void onViolation(HttpViolation wrong) {
        violation = wrong;
        requestEnded = true;
        body.fail(new RequestRejected(wrong));
        endIfDone();
    }

    /** The dropped rest of the body is more than is put up with. */
    void giveUpBody() {
        keepsAlive = false;
        requestEnded = true;
        endIfDone();
    }

    private void onHandled(@Nullable Throwable error) {
        if (handlerEnded || over) {
            return;
        }
        handlerEnded = true;
        if (error != null) {
            onHandlerError(error);
        } else if (response.isUnclaimed()) {
            response.send().subscribe(new Ignoring());
        }
        endIfDone();
    }

    private void onHandlerError(Throwable error) {
        RequestRejected refused = RequestRejected.in(error);
        if (refused == null) {
            connection.serving().log().onHandlerError(request, response.isCommitted(), error);
        }
        if (response.isCommitted()) {
            if (!response.isEnded()) {
                breakOff(new AbortedException("the handler failed", error));
            }
        } else {
            response.reset(refused == null ? 500 : refused.violation().status());
            response.send().subscribe(new Ignoring());
        }
    }

    void onResponseEnd() {
        endIfDone();
    }

    private void endIfDone() {
        if (over || !handlerEnded || !response.isEnded()) {
            return;
        }
        if (!requestEnded && keepsAlive() && !response.saysClose()) {
            body.drop();
            connection.go();
            return;
        }
        over = true;
        body.drop();
        connection.serving().log().onEnd(request, response, startedNanos);
        connection.onExchangeEnd(
                requestEnded && keepsAlive() && !response.saysClose(), body.isExpected());
    }

    /** The response cannot be finished: no end of the body, and no more of the connection. */
    void breakOff(AbortedException reason) {
        if (!over) {
            abort(reason);
            connection.abort();
        }
    }

    /** The connection has gone, or goes now. */
    void abort(AbortedException reason) {
        if (over) {
            return;
        }
        over = true;
        handling.cancel();
        response.fail(reason);
        body.fail(reason);
        connection.serving().log().onEnd(request, response, startedNanos);
    }

    /** The handler's end. */
    private final class Handling extends LoopSubscriber<Void> {
        private @Nullable Subscription upstream;

        Handling(ConnectionLoop loop) {
            super(loop);
        }

        @Override
        public void onSubscribe(Subscription s) {
            if (Operators.validate(upstream, s)) {
                upstream = s;
                if (over) {
                    s.cancel();
                } else {
                    s.request(Long.MAX_VALUE);
                }
            }
        }

        void cancel() {
            Subscription s = upstream;
            if (!handlerEnded && s != null) {
                handlerEnded = true;
                s.cancel();
            }
        }

        @Override
        void next(Void nothing) {
            // A Publisher<Void> emits nothing.
        }

        @Override
        void discard(Void nothing) {
            // As above.
        }

        @Override
        void failed(Throwable error) {
            onHandled(error);
        }

        @Override
        void completed() {
            onHandled(null);
        }
    }

    /** Of a response that nobody else waits for: the exchange learns of its end by itself. */
    private final class Ignoring extends LoopSubscriber<Void> {
        Ignoring() {
            super(Exchange.this.loop());
        }

        @Override
        public void onSubscribe(Subscription s) {
            s.request(Long.MAX_VALUE);
        }

        @Override
        void next(Void nothing) {
            // A send emits nothing.
        }

        @Override
        void discard(Void nothing) {
            // As above.
        }

        @Override
        void failed(Throwable error) {
            if (!over) {
                // An action before the commit has failed, or nothing can be written any more.
                connection.serving().log().onHandlerError(request, true, error);
                breakOff(new AbortedException("the response failed", error));
            }
        }

        @Override
        void completed() {
            // See ServerResponse.onWritten.
        }
    }
}
