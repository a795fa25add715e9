// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.tls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.uringreactive.Connection;
import io.uringreactive.TransportErrors;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * One end of a connection in memory, whose receiver gets what was sent in pieces of a chosen size,
 * one for each request. Both ends share one thread.
 */
final class MemoryConnection implements Connection {
    private static final int HIGH_WATER_BYTES = 64 * 1024;

    private final Scheduler ring;
    private final int pieceBytes;
    private final Sinks.Empty<Void> closed = Sinks.empty();
    private final ByteBuf incoming = ByteBufAllocator.DEFAULT.heapBuffer();
    private @Nullable MemoryConnection peer;
    private @Nullable CoreSubscriber<? super ByteBuf> receiver;

    /** Sends whose bytes the peer has no room for. */
    private final ArrayDeque<Sender> waiting = new ArrayDeque<>();

    private long requested;
    private boolean emitting;
    private boolean incomingEnded;
    private boolean isClosed;
    private long sentBytes;
    private int mostHeld;

    /** Changes what arrives here, such as by damaging it. */
    private Function<ByteBuf, ByteBuf> onArrival = bytes -> bytes;

    private MemoryConnection(Scheduler ring, int pieceBytes) {
        this.ring = ring;
        this.pieceBytes = pieceBytes;
    }

    /** Two ends; each receives at most {@code pieceBytes} at a time. */
    static MemoryConnection[] pair(Scheduler ring, int pieceBytes) {
        MemoryConnection a = new MemoryConnection(ring, pieceBytes);
        MemoryConnection b = new MemoryConnection(ring, pieceBytes);
        a.peer = b;
        b.peer = a;
        return new MemoryConnection[] {a, b};
    }

    void onArrival(Function<ByteBuf, ByteBuf> change) {
        onArrival = change;
    }

    /** The most bytes that were sent to this end and waited. */
    int mostHeld() {
        return mostHeld;
    }

    private MemoryConnection peer() {
        return Objects.requireNonNull(peer);
    }

    @Override
    public Flux<ByteBuf> receive() {
        return new Flux<>() {
            @Override
            public void subscribe(CoreSubscriber<? super ByteBuf> actual) {
                ring.schedule(() -> onReceiver(actual));
            }
        };
    }

    private void onReceiver(CoreSubscriber<? super ByteBuf> actual) {
        receiver = actual;
        actual.onSubscribe(
                new Subscription() {
                    @Override
                    public void request(long n) {
                        ring.schedule(
                                () -> {
                                    requested += n;
                                    deliver();
                                });
                    }

                    @Override
                    public void cancel() {
                        receiver = null;
                    }
                });
    }

    private void deliver() {
        while (!emitting && receiver != null && requested > 0 && incoming.isReadable()) {
            requested--;
            int count = Math.min(pieceBytes, incoming.readableBytes());
            ByteBuf piece = ByteBufAllocator.DEFAULT.directBuffer(count);
            piece.writeBytes(incoming, count);
            incoming.discardSomeReadBytes();
            emitting = true;
            try {
                receiver.onNext(piece);
            } finally {
                emitting = false;
            }
            ArrayDeque<Sender> senders = peer().waiting;
            if (!senders.isEmpty() && incoming.readableBytes() < HIGH_WATER_BYTES) {
                senders.remove().request(1);
            }
        }
        CoreSubscriber<? super ByteBuf> subscriber = receiver;
        if (incomingEnded && !incoming.isReadable() && subscriber != null) {
            receiver = null;
            subscriber.onComplete();
        }
    }

    @Override
    public Mono<Void> send(Publisher<? extends ByteBuf> data) {
        return Mono.create(sink -> ring.schedule(() -> data.subscribe(new Sender(sink))));
    }

    private final class Sender extends BaseSubscriber<ByteBuf> {
        private final MonoSink<Void> sink;

        Sender(MonoSink<Void> sink) {
            this.sink = sink;
        }

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            if (isClosed) {
                subscription.cancel();
                sink.error(TransportErrors.closed("send", null));
            } else {
                closed.asMono().subscribe(null, null, this::fail);
                ask();
            }
        }

        /** In turn, as a socket's buffer does for several sends. */
        private void ask() {
            MemoryConnection to = peer();
            if (to.isClosed || to.incoming.readableBytes() < HIGH_WATER_BYTES) {
                request(1);
            } else {
                waiting.add(this);
            }
        }

        private void fail() {
            cancel();
            sink.error(TransportErrors.closed("send", null));
        }

        @Override
        protected void hookOnNext(ByteBuf bytes) {
            MemoryConnection to = peer();
            if (to.isClosed) {
                bytes.release();
                request(1);
                return;
            }
            sentBytes += bytes.readableBytes();
            ByteBuf arrived = to.onArrival.apply(bytes);
            to.incoming.writeBytes(arrived);
            arrived.release();
            to.mostHeld = Math.max(to.mostHeld, to.incoming.readableBytes());
            ask();
            ring.schedule(to::deliver);
        }

        @Override
        protected void hookOnError(Throwable error) {
            sink.error(error);
        }

        @Override
        protected void hookOnComplete() {
            sink.success();
        }
    }

    @Override
    public Mono<Void> sendText(String text) {
        return send(Mono.fromSupplier(() -> ByteBufUtil.writeUtf8(ByteBufAllocator.DEFAULT, text)));
    }

    @Override
    public Mono<Void> sendText(Publisher<String> texts) {
        return send(Flux.from(texts).map(t -> ByteBufUtil.writeUtf8(ByteBufAllocator.DEFAULT, t)));
    }

    @Override
    public Mono<Void> shutdownOutput() {
        return Mono.<Void>fromRunnable(this::endOutput).subscribeOn(ring);
    }

    private void endOutput() {
        peer().incomingEnded = true;
        ring.schedule(peer()::deliver);
    }

    @Override
    public Mono<Void> close() {
        // Behind what is being sent at present.
        return closed.asMono()
                .doOnSubscribe(ignored -> ring.schedule(() -> ring.schedule(this::end)));
    }

    private void end() {
        if (!isClosed) {
            isClosed = true;
            endOutput();
            incoming.release();
            CoreSubscriber<? super ByteBuf> subscriber = receiver;
            receiver = null;
            if (subscriber != null) {
                subscriber.onError(TransportErrors.closed("receive", null));
            }
            closed.tryEmitEmpty();
        }
    }

    @Override
    public void dispose() {
        ring.schedule(this::end);
    }

    @Override
    public long sentBytes() {
        return sentBytes;
    }

    @Override
    public boolean isDisposed() {
        return isClosed;
    }

    @Override
    public Mono<Void> handle(Function<? super Connection, ? extends Publisher<Void>> handler) {
        return Mono.from(handler.apply(this)).then(close());
    }

    @Override
    public Mono<Void> onClose() {
        return closed.asMono();
    }

    @Override
    public @Nullable InetSocketAddress localAddress() {
        return null;
    }

    @Override
    public @Nullable InetSocketAddress remoteAddress() {
        return null;
    }

    @Override
    public Scheduler scheduler() {
        return ring;
    }

    @Override
    public String toString() {
        return "connection in memory";
    }
}
