// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.webflux;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseCookie;
import org.springframework.http.server.reactive.AbstractServerHttpResponse;
import org.springframework.util.CollectionUtils;
import org.springframework.util.MultiValueMap;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;

/**
 * A response that is committed without operators where nothing has to be done before, which is so
 * for almost all. The superclass builds a chain of them for each response and keeps its state to
 * itself, so the state is kept here, and every method that depends on it.
 *
 * <pre>
 *   OPEN --doCommit--> COMMITTING --status and cookies applied--> COMMITTED
 *                          | an action fails, or the status cannot be sent
 *                        FAILED --doCommit, without the actions--> COMMITTING
 * </pre>
 */
abstract class CommittingResponse extends AbstractServerHttpResponse {
    private enum Phase {
        OPEN,
        COMMITTING,
        FAILED,
        COMMITTED
    }

    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.OPEN);

    /** Replaced, never changed. */
    private volatile List<Supplier<? extends Mono<Void>>> actions = List.of();

    private @Nullable HttpHeaders closedHeaders;

    private volatile boolean failedLate;

    CommittingResponse(DataBufferFactory bufferFactory, HttpHeaders headers) {
        super(bufferFactory, headers);
    }

    private boolean isDone() {
        return phase.get() == Phase.COMMITTED;
    }

    @Override
    public final boolean isCommitted() {
        Phase now = phase.get();
        return now == Phase.COMMITTING || now == Phase.COMMITTED;
    }

    @Override
    public final boolean setStatusCode(@Nullable HttpStatusCode status) {
        if (!isDone()) {
            return super.setStatusCode(status);
        }
        failedLate |= HttpStatus.INTERNAL_SERVER_ERROR.equals(status);
        return false;
    }

    /**
     * Whether the handler's failure came too late to be answered with 500. {@code
     * HttpWebHandlerAdapter}, which wanted to, has logged it as an error then.
     */
    final boolean hasFailedLate() {
        return failedLate;
    }

    @Override
    public final HttpHeaders getHeaders() {
        if (!isDone()) {
            return super.getHeaders();
        }
        HttpHeaders closed = closedHeaders;
        if (closed == null) {
            closed = HttpHeaders.readOnlyHttpHeaders(super.getHeaders());
            closedHeaders = closed;
        }
        return closed;
    }

    @Override
    public final MultiValueMap<String, ResponseCookie> getCookies() {
        MultiValueMap<String, ResponseCookie> cookies = super.getCookies();
        return isDone() ? CollectionUtils.unmodifiableMultiValueMap(cookies) : cookies;
    }

    @Override
    public final void addCookie(ResponseCookie cookie) {
        if (isDone()) {
            throw new IllegalStateException("the response is committed: no more cookies");
        }
        super.addCookie(cookie);
    }

    @Override
    public final synchronized void beforeCommit(Supplier<? extends Mono<Void>> action) {
        List<Supplier<? extends Mono<Void>>> more = new ArrayList<>(actions);
        more.add(action);
        actions = more;
    }

    /** As the superclass has it: nothing is done for a response that is committed already. */
    @Override
    protected final Mono<Void> doCommit(@Nullable Supplier<? extends Mono<Void>> write) {
        boolean first = phase.compareAndSet(Phase.OPEN, Phase.COMMITTING);
        if (!first && !phase.compareAndSet(Phase.FAILED, Phase.COMMITTING)) {
            return Mono.empty();
        }
        Mono<Void> commit = new Commit(write);
        if (!first || actions.isEmpty()) {
            return commit;
        }
        return Flux.fromIterable(actions)
                .concatMap(Supplier::get)
                .doOnError(this::onActionFailed)
                .then(commit);
    }

    private void onActionFailed(Throwable error) {
        if (phase.compareAndSet(Phase.COMMITTING, Phase.FAILED)) {
            getHeaders().clearContentHeaders();
        }
    }

    /** Applies what is left to apply, and writes; a head alone is sent at the handler's end. */
    private final class Commit extends Mono<Void> {
        private final @Nullable Supplier<? extends Mono<Void>> write;

        Commit(@Nullable Supplier<? extends Mono<Void>> write) {
            this.write = write;
        }

        @Override
        public void subscribe(CoreSubscriber<? super Void> actual) {
            try {
                applyStatusCode();
                applyHeaders();
                applyCookies();
            } catch (RuntimeException e) {
                onActionFailed(e);
                Operators.error(actual, e);
                return;
            }
            phase.set(Phase.COMMITTED);
            if (write == null) {
                Operators.complete(actual);
            } else {
                write.get().subscribe(actual);
            }
        }
    }
}
