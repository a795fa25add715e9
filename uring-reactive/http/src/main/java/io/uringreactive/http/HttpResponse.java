// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * The response to one request. It is committed when its head is written; until then status and
 * headers may be changed and another body may be sent, also after one has failed.
 *
 * <p>What its {@code send} methods return emits nothing and completes when the connection has taken
 * the last byte. Nothing happens before it is subscribed. Cancellation: cancels what is being sent;
 * after the commit it closes the connection without an end of the body. Errors: those of what is
 * sent; {@link AbortedException} when the client leaves; {@link IllegalStateException} when a
 * response was sent already. Buffers: released on success, error and cancel. Thread: the
 * connection's. For HEAD, 204 and 304 the body is taken, and released instead of sent.
 *
 * <p>Date, Content-Length, Transfer-Encoding and Connection are added at the commit; {@link
 * #headers} need not show them.
 */
public interface HttpResponse {
    HttpResponseStatus status();

    /**
     * Sets the status; 200 otherwise.
     *
     * @throws IllegalStateException when the response is committed
     */
    HttpResponse status(HttpResponseStatus status);

    /** As {@link #status(HttpResponseStatus)}, with the usual reason. */
    default HttpResponse status(int code) {
        return status(HttpResponseStatus.valueOf(code));
    }

    /** The head's fields. Changes after the commit have no effect. */
    HttpHeaders headers();

    /** Sets a field, in place of those of the same name. */
    default HttpResponse header(CharSequence name, Object value) {
        headers().set(name, value);
        return this;
    }

    /** Fields behind the body; sent only with a chunked one, which HTTP/1.0 has not. */
    HttpHeaders trailers();

    /** Sends the head alone, for a response without content. */
    default Mono<Void> send() {
        return send(Mono.empty());
    }

    /**
     * Sends {@code data}. A {@code Mono}'s buffer leaves together with the head, with its
     * Content-Length. Anything else is chunked unless a Content-Length is set, which must be right
     * then; the head leaves with the first buffer, so that a failure before it can still be
     * answered. Every buffer is flushed; the connection gathers those of the same turn.
     *
     * <p>Demand: a few buffers at a time, as long as the connection takes them; a client that does
     * not read stops {@code data}.
     */
    Mono<Void> send(Publisher<? extends ByteBuf> data);

    /**
     * Sends what each publisher emits, one after the other. The head leaves at once, and each
     * buffer as it comes: for streams whose beginning somebody waits for.
     */
    Mono<Void> sendAndFlush(Publisher<? extends Publisher<? extends ByteBuf>> data);

    /** Sends {@code text} as UTF-8, as {@code text/plain} unless a Content-Type is set. */
    Mono<Void> sendText(String text);

    /**
     * Sends {@code count} bytes of a file from {@code position} on, read on Reactor's bounded
     * elastic threads.
     *
     * <p>Errors: {@link java.io.IOException} of the file, before the commit where it cannot be
     * opened or is too short.
     */
    Mono<Void> sendFile(Path file, long position, long count);

    /**
     * Sends a file, or the one range of it that the request asks for (RFC 9110, 14), with
     * Last-Modified; 304 where the request has it already, 404 where there is no such file.
     */
    Mono<Void> sendFile(Path file);

    /** Sends events as {@code text/event-stream}. The head leaves at once. */
    Mono<Void> sse(Publisher<ServerSentEvent> events);

    /**
     * Has {@code action} subscribed before the head is written, behind those added before: the last
     * moment to change it. An action that fails fails the send.
     */
    HttpResponse beforeCommit(Supplier<? extends Publisher<Void>> action);

    /** Whether the head is written. */
    boolean isCommitted();
}
