// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.tls;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;

/**
 * Some records, as one send of the transport: it stays open for those of later turns, until it is
 * large or somebody waits for its end, which is when its last byte is with the kernel. Confined to
 * the ring.
 */
final class Batch implements Publisher<ByteBuf>, Subscription {
    private final Outbound outbound;

    /** Records that the transport has not asked for yet. */
    private final ArrayDeque<ByteBuf> queue = new ArrayDeque<>(0);

    private final List<TlsSend> waiting = new ArrayList<>(1);
    private @Nullable Subscriber<? super ByteBuf> actual;
    private long requested;
    private int bytes;
    private boolean finished;
    private boolean done;

    Batch(Outbound outbound) {
        this.outbound = outbound;
    }

    /** How the transport's send ends. */
    CoreSubscriber<Void> end() {
        return new End();
    }

    boolean hasDemand() {
        return requested > 0;
    }

    int bytes() {
        return bytes;
    }

    boolean isDone() {
        return done;
    }

    boolean isAwaited() {
        return !waiting.isEmpty();
    }

    /** {@code send} is told when the last byte is with the kernel. */
    void await(TlsSend send) {
        waiting.add(send);
    }

    /** Takes over {@code record}. */
    void emit(ByteBuf record) {
        bytes += record.readableBytes();
        if (done) {
            record.release();
            return;
        }
        queue.add(record);
        drain();
    }

    /** Nothing more comes. */
    void finish() {
        finished = true;
        drain();
    }

    private void drain() {
        Subscriber<? super ByteBuf> subscriber = actual;
        while (requested > 0 && subscriber != null) {
            ByteBuf record = queue.poll();
            if (record == null) {
                break;
            }
            if (requested != Long.MAX_VALUE) {
                requested--;
            }
            subscriber.onNext(record);
            subscriber = actual;
        }
        if (finished && subscriber != null && queue.isEmpty()) {
            actual = null;
            subscriber.onComplete();
        }
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuf> subscriber) {
        actual = subscriber;
        subscriber.onSubscribe(this);
    }

    @Override
    public void request(long n) {
        if (Operators.validate(n)) {
            outbound.ring().run(() -> onRequest(n));
        }
    }

    private void onRequest(long n) {
        requested = Operators.addCap(requested, n);
        drain();
        outbound.onRoom();
    }

    @Override
    public void cancel() {
        outbound.ring().run(this::drop);
    }

    private void drop() {
        actual = null;
        for (ByteBuf record = queue.poll(); record != null; record = queue.poll()) {
            record.release();
        }
    }

    private void onEnd(@Nullable Throwable error) {
        done = true;
        drop();
        try {
            if (error == null) {
                waiting.forEach(TlsSend::onFlushed);
            }
        } catch (Throwable e) {
            // A subscriber's bug. The others must not wait for ever: the connection ends.
            outbound.onEnd(this, e);
            throw e;
        }
        outbound.onEnd(this, error);
    }

    private final class End implements CoreSubscriber<Void> {
        @Override
        public void onSubscribe(Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(Void nothing) {
            // A send emits nothing.
        }

        @Override
        public void onError(Throwable error) {
            onEnd(error);
        }

        @Override
        public void onComplete() {
            onEnd(null);
        }
    }
}
