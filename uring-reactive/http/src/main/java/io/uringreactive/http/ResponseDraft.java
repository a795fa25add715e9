// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What a handler says of a response before it is committed: status, fields, and what is to be done
 * before. The fields are made when somebody asks for them: many responses say no more than HTTP
 * itself does, which {@link HeadWriter} knows how to.
 */
abstract class ResponseDraft implements HttpResponse {
    private HttpResponseStatus status = HttpResponseStatus.OK;
    private @Nullable HttpHeaders fields;

    /** Content-Type, where there are no fields. */
    private @Nullable CharSequence plainType;

    private @Nullable HttpHeaders trailers;
    private List<Supplier<? extends Publisher<Void>>> actions = List.of();

    @Override
    public HttpResponseStatus status() {
        return status;
    }

    @Override
    public HttpResponse status(HttpResponseStatus value) {
        if (isCommitted()) {
            throw new IllegalStateException("the response is committed");
        }
        if (value.code() < 200) {
            throw new IllegalArgumentException("not a final status: " + value);
        }
        status = value;
        return this;
    }

    @Override
    public HttpHeaders headers() {
        HttpHeaders made = fields;
        if (made == null) {
            made = new DefaultHttpHeaders();
            if (plainType != null) {
                made.set(HttpHeaderNames.CONTENT_TYPE, plainType);
            }
            fields = made;
        }
        return made;
    }

    @Nullable HttpHeaders headersIfAny() {
        return fields;
    }

    /** The only field, where {@link #headersIfAny} has none. */
    @Nullable CharSequence plainType() {
        return plainType;
    }

    void setDefault(CharSequence name, Object value) {
        HttpHeaders all = headers();
        if (!all.contains(name)) {
            all.set(name, value);
        }
    }

    void setDefaultType(CharSequence type) {
        if (fields == null) {
            plainType = type;
        } else {
            setDefault(HttpHeaderNames.CONTENT_TYPE, type);
        }
    }

    @Override
    public HttpHeaders trailers() {
        HttpHeaders made = trailers;
        if (made == null) {
            made = DefaultHttpHeadersFactory.trailersFactory().newHeaders();
            trailers = made;
        }
        return made;
    }

    @Nullable HttpHeaders trailersIfAny() {
        return trailers;
    }

    @Override
    public HttpResponse beforeCommit(Supplier<? extends Publisher<Void>> action) {
        if (actions.isEmpty()) {
            actions = new ArrayList<>();
        }
        actions.add(action);
        return this;
    }

    /** What has to be done before the commit, each once; null for nothing. */
    @Nullable Mono<Void> takeActions() {
        List<Supplier<? extends Publisher<Void>>> due = actions;
        if (due.isEmpty()) {
            return null;
        }
        actions = List.of();
        return Flux.fromIterable(due).concatMap(Supplier::get).then();
    }

    /** As if nothing had been said. */
    void beginAnew(HttpResponseStatus value) {
        status = value;
        if (fields != null) {
            fields.clear(); // whoever holds it sees what is sent
        }
        plainType = null;
        trailers = null;
        actions = List.of();
    }
}
