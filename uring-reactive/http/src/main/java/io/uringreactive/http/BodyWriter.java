// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Writes what a publisher emits as the body of one response, and paces it: no more is requested
 * while the channel is not writable. Its state is confined to the connection's thread.
 */
final class BodyWriter extends LoopSubscriber<ByteBuf> implements Subscription {
    enum Mode {
        /** One buffer at most, which leaves with the head. */
        WHOLE,
        /** The head leaves with the first buffer. */
        STREAM,
        /** The head leaves at once. */
        EAGER
    }

    private static final int REQUEST = 8;

    /** As large as what a connection is given beyond the kernel: one at a time will do. */
    private static final int LARGE_BYTES = 64 * 1024;

    private final ServerResponse response;
    private final Mode mode;
    private final CoreSubscriber<? super Void> actual;
    private volatile @Nullable Subscription upstream;
    private @Nullable ByteBuf whole;
    private int requested;

    /** How many to ask for the next time: a client that is slow must not make many large ones. */
    private int step = 1;

    /** Bytes that the Content-Length still promises; -1 without one. */
    private long declaredLeft = -1;

    /** Whether the head is written ahead of the end. */
    private boolean streaming;

    private boolean done;
    private boolean told;

    BodyWriter(ServerResponse response, Mode mode, CoreSubscriber<? super Void> actual) {
        super(response.exchange().loop());
        this.response = response;
        this.mode = mode;
        this.actual = actual;
    }

    /** On the connection's thread. */
    void start(Publisher<? extends ByteBuf> data) {
        if (done) {
            return; // cancelled on the way to the thread
        }
        if (response.claim(this)) {
            if (mode == Mode.EAGER) {
                writeHead();
                response.flush();
            }
            if (mode == Mode.WHOLE && data instanceof Callable<?> known) {
                take(known);
            } else {
                data.subscribe(this);
            }
        } else {
            done = true;
            tell(
                    response.exchange().isOver()
                            ? new AbortedException("the client has left", null)
                            : new IllegalStateException("a response was sent already"));
        }
    }

    /** As a subscription to it would end, without one: {@code Mono.just} and its like. */
    private void take(Callable<?> known) {
        if (done) {
            return;
        }
        try {
            whole = (ByteBuf) known.call();
        } catch (Throwable e) {
            Exceptions.throwIfJvmFatal(e);
            failed(e);
            return;
        }
        completed();
    }

    @Override
    public Context currentContext() {
        return actual.currentContext();
    }

    @Override
    public void onSubscribe(Subscription s) {
        if (Operators.validate(upstream, s)) {
            upstream = s;
            if (!loop().run(this::begin)) {
                s.cancel();
            }
        }
    }

    private void begin() {
        Subscription s = upstream;
        if (s != null && done) {
            s.cancel();
        } else if (s != null && mode == Mode.WHOLE) {
            s.request(Long.MAX_VALUE);
        } else {
            requestMore();
        }
    }

    private void requestMore() {
        Subscription s = upstream;
        if (s != null && requested == 0 && !done && isWritable()) {
            requested = step;
            s.request(step);
        }
    }

    private boolean isWritable() {
        return response.exchange().connection().channel().isWritable();
    }

    /** The channel is writable again. */
    void onWritable() {
        if (mode != Mode.WHOLE) {
            requestMore();
        }
    }

    @Override
    void discard(ByteBuf buffer) {
        buffer.release();
    }

    @Override
    void next(ByteBuf buffer) {
        if (done) {
            buffer.release();
        } else if (mode == Mode.WHOLE) {
            releaseWhole();
            whole = buffer;
        } else {
            write(buffer);
        }
    }

    private void write(ByteBuf buffer) {
        if (!streaming) {
            writeHead();
        }
        requested--;
        step = buffer.readableBytes() < LARGE_BYTES ? REQUEST : 1;
        if (response.isWithoutContent()) {
            buffer.release();
        } else if (declaredLeft >= 0 && buffer.readableBytes() > declaredLeft) {
            buffer.release();
            breakOff(new IllegalStateException("more than the Content-Length says"));
            return;
        } else {
            declaredLeft -= declaredLeft >= 0 ? buffer.readableBytes() : 0;
            response.writeContent(buffer);
        }
        requestMore();
    }

    private void writeHead() {
        streaming = true;
        response.writeHead();
        String length = response.headers().get(HttpHeaderNames.CONTENT_LENGTH);
        declaredLeft = length == null ? -1 : Long.parseLong(length);
    }

    @Override
    void completed() {
        if (done) {
            return;
        }
        done = true;
        if (!streaming) {
            ByteBuf content = whole;
            whole = null;
            response.writeWhole(content == null ? Unpooled.EMPTY_BUFFER : content, this);
        } else if (declaredLeft > 0 && !response.isWithoutContent()) {
            breakOff(new IllegalStateException("less than the Content-Length says"));
        } else {
            response.writeEnd(this);
        }
    }

    @Override
    void failed(Throwable error) {
        if (done) {
            Operators.onErrorDropped(error, currentContext());
        } else if (streaming) {
            breakOff(error);
        } else {
            done = true;
            releaseWhole();
            response.unclaim(this);
            tell(error);
        }
    }

    /** The head is out, and the body cannot be finished. */
    private void breakOff(Throwable error) {
        cancelUpstream();
        tell(error);
        response.exchange().breakOff(new AbortedException("the body failed", error));
    }

    /** The last byte is with the connection. */
    void onEnded() {
        if (!told) {
            told = true;
            actual.onComplete();
        }
    }

    void onAborted(AbortedException reason) {
        cancelUpstream();
        tell(reason);
    }

    private void tell(Throwable error) {
        if (!told) {
            told = true;
            actual.onError(error);
        }
    }

    private void cancelUpstream() {
        done = true;
        close();
        releaseWhole();
        Subscription s = upstream;
        if (s != null) {
            s.cancel();
        }
    }

    private void releaseWhole() {
        ReferenceCountUtil.release(whole);
        whole = null;
    }

    @Override
    public void request(long n) {
        // There is no element to ask for: completion needs no demand.
        Operators.validate(n);
    }

    @Override
    public void cancel() {
        loop().run(this::onCancel);
    }

    private void onCancel() {
        told = true;
        if (done) {
            return;
        }
        cancelUpstream();
        if (streaming) {
            response.exchange().breakOff(new AbortedException("the response was cancelled", null));
        } else {
            response.unclaim(this);
        }
    }
}
