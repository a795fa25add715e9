// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.webflux;

import io.netty.buffer.ByteBuf;
import io.uringreactive.http.RequestRejected;
import org.reactivestreams.Subscription;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.util.context.Context;

/**
 * A request's body in Spring's words: its buffers, and for a body that breaks a rule or a limit the
 * exception that Spring answers with the rule's status. Demand and cancellation pass through.
 */
final class RequestBodyFlux extends Flux<DataBuffer> {
    private final Flux<ByteBuf> body;
    private final NettyDataBufferFactory bufferFactory;

    RequestBodyFlux(Flux<ByteBuf> body, NettyDataBufferFactory bufferFactory) {
        this.body = body;
        this.bufferFactory = bufferFactory;
    }

    @Override
    public void subscribe(CoreSubscriber<? super DataBuffer> actual) {
        body.subscribe(new Wrapping(actual, bufferFactory));
    }

    private record Wrapping(
            CoreSubscriber<? super DataBuffer> actual, NettyDataBufferFactory bufferFactory)
            implements CoreSubscriber<ByteBuf> {
        @Override
        public Context currentContext() {
            return actual.currentContext();
        }

        @Override
        public void onSubscribe(Subscription s) {
            actual.onSubscribe(s);
        }

        @Override
        public void onNext(ByteBuf bytes) {
            actual.onNext(bufferFactory.wrap(bytes));
        }

        @Override
        public void onError(Throwable error) {
            actual.onError(error instanceof RequestRejected rejected ? inSpring(rejected) : error);
        }

        @Override
        public void onComplete() {
            actual.onComplete();
        }

        private static ResponseStatusException inSpring(RequestRejected rejected) {
            HttpStatusCode status = HttpStatusCode.valueOf(rejected.violation().status());
            return new ResponseStatusException(status, rejected.getMessage(), rejected);
        }
    }
}
