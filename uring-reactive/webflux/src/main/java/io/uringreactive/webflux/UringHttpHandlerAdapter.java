// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.webflux;

import io.netty.buffer.ByteBufAllocator;
import io.uringreactive.http.AbortedException;
import io.uringreactive.http.HttpHandler;
import io.uringreactive.http.HttpRequest;
import io.uringreactive.http.HttpResponse;
import java.net.URISyntaxException;
import org.apache.commons.logging.Log;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpLogging;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.HttpHeadResponseDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/**
 * Spring's {@code HttpHandler}, and with it WebFlux, on uring-http:
 *
 * <pre>{@code
 * HttpHandler webflux = WebHttpHandlerBuilder.applicationContext(context).build();
 * UringHttp.serve(8080, new UringHttpHandlerAdapter(webflux)).block();
 * }</pre>
 *
 * <p>The handler is called and subscribed on the connection's thread, which it must not block. It
 * is cancelled when the client leaves; the request's body fails then with an exception that Spring
 * takes for a disconnect and not for a failure. A handler that completes without a response answers
 * 200 without content; one that fails before the response is committed, 500; one that fails after
 * that closes the connection without an end of the body. Failures are logged once: by uring-http,
 * or by Spring where it has, which is without the stack for those after the commit. This class logs
 * that at DEBUG.
 *
 * <p>Request bodies are Netty's buffers without a copy, each of which belongs to its subscriber. A
 * codec may hold them for long: when a ring runs low on buffers, what arrives is copied out of it.
 *
 * <p>A request whose URI Java cannot express is answered with 400 and does not reach the handler.
 */
public final class UringHttpHandlerAdapter implements HttpHandler {
    private static final Log LOG = HttpLogging.forLogName(UringHttpHandlerAdapter.class);

    private final org.springframework.http.server.reactive.HttpHandler handler;
    private final NettyDataBufferFactory bufferFactory;

    public UringHttpHandlerAdapter(org.springframework.http.server.reactive.HttpHandler handler) {
        this(handler, new ResponseBuffers(ByteBufAllocator.DEFAULT));
    }

    UringHttpHandlerAdapter(
            org.springframework.http.server.reactive.HttpHandler handler,
            NettyDataBufferFactory bufferFactory) {
        this.handler = handler;
        this.bufferFactory = bufferFactory;
    }

    @Override
    public Publisher<Void> handle(HttpRequest request, HttpResponse response) {
        UringServerHttpRequest adaptedRequest;
        try {
            adaptedRequest = new UringServerHttpRequest(request, bufferFactory);
        } catch (URISyntaxException e) {
            if (LOG.isDebugEnabled()) {
                LOG.debug("Failed to get request URI: " + e.getMessage());
            }
            response.status(400);
            return Mono.empty();
        }
        UringServerHttpResponse adaptedResponse =
                new UringServerHttpResponse(request, response, bufferFactory);
        ServerHttpResponse seen =
                adaptedRequest.getMethod().equals(HttpMethod.HEAD)
                        ? new HttpHeadResponseDecorator(adaptedResponse)
                        : adaptedResponse;
        return handler.handle(adaptedRequest, seen)
                .onErrorMap(
                        error -> adaptedResponse.hasFailedLate(),
                        error -> logged(adaptedRequest, error));
    }

    /** Spring has said that it failed; here is where, for who wants to know. */
    private static Throwable logged(UringServerHttpRequest request, Throwable error) {
        if (LOG.isDebugEnabled()) {
            LOG.debug("[" + request.getId() + "] Failed to complete", error);
        }
        return AbortedException.after(error);
    }
}
