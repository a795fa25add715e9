// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.netty.buffer.ByteBuf;
import io.uringreactive.Connection;
import io.uringreactive.ConnectionOptions;
import io.uringreactive.TransportErrors;
import io.uringreactive.loop.RingLoop;
import io.uringreactive.loop.Timeout;
import io.uringreactive.op.UringScheduler;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.Scannable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.util.Logger;
import reactor.util.Loggers;

/**
 * A connection on io_uring: a descriptor, a {@link Receiver}, a {@link Sender}, and the machine
 * that ends them. Created on its loop, when the descriptor is connected.
 */
final class UringConnection implements Connection {
    private static final Logger LOG = Loggers.getLogger(UringConnection.class);

    private final UringScheduler ring;
    private final int fd;
    private final Origin origin;
    private final ConnectionOptions options;
    private final Receiver receiver;
    private final Sender sender;
    private final OutputEnd outputEnd = new OutputEnd(this);
    private final Ending ending = new Ending(this);
    private final Sinks.Empty<Void> closed = Sinks.empty();
    private final Sinks.Empty<Void> outputEnded = Sinks.empty();
    private final Runnable shutdownHook = this::dispose;

    /** Usually one. */
    private final List<HandlerRun> handlers = new ArrayList<>(1);

    /** Aborts a connection that nobody uses; null once somebody does. */
    private @Nullable Timeout unclaimed;

    /** Whoever uses it may come before the watch: the two reach the loop on different ways. */
    private boolean claimed;

    private final Addresses addresses;
    private volatile boolean disposed;

    UringConnection(UringScheduler ring, int fd, Origin origin, ConnectionOptions options) {
        this.ring = ring;
        this.fd = fd;
        this.origin = origin;
        this.options = options;
        this.addresses = new Addresses(ring.loop().kernel().sockets(), fd);
        this.receiver = new Receiver(this, ring.buffers(), options.windowBytes());
        this.sender = new Sender(this, options.sendHighWaterBytes());
        loop().shutdown().addHook(shutdownHook);
    }

    RingLoop loop() {
        return ring.loop();
    }

    int fd() {
        return fd;
    }

    UringScheduler ring() {
        return ring;
    }

    Receiver receiver() {
        return receiver;
    }

    Sender sender() {
        return sender;
    }

    OutputEnd outputEnd() {
        return outputEnd;
    }

    Ending ending() {
        return ending;
    }

    @Override
    public Flux<ByteBuf> receive() {
        return new ReceiveFlux(this);
    }

    @Override
    public Mono<Void> send(Publisher<? extends ByteBuf> data) {
        return new SendMono(this, data);
    }

    @Override
    public Mono<Void> shutdownOutput() {
        return new ShutdownMono(this, outputEnded.asMono());
    }

    /** On the loop. */
    void endOutput() {
        claim();
        if (ending.isOpen()) {
            sender.refuse(closedError("send"));
            outputEnd.start();
        } else if (!outputEnd.isDone()) {
            outputEnded.tryEmitError(closedError("shutdown"));
        }
    }

    @Override
    public Mono<Void> close() {
        return closed.asMono().doOnSubscribe(ignored -> closeInOrder());
    }

    /** Begins the graceful close, from any thread. */
    void closeInOrder() {
        loop().run(this::beginClose);
    }

    private void beginClose() {
        claim();
        disposed = true;
        ending.start(options);
    }

    @Override
    public void dispose() {
        disposed = true;
        loop().run(() -> abort(closedError("dispose")));
    }

    /** Ends at once, on the loop; {@code reason} reaches those who are sending and receiving. */
    void abort(Throwable reason) {
        claim();
        disposed = true;
        ending.abort(reason);
    }

    @Override
    public boolean isDisposed() {
        return disposed;
    }

    @Override
    public Mono<Void> handle(Function<? super Connection, ? extends Publisher<Void>> handler) {
        return new HandleMono(this, handler);
    }

    @Override
    public Mono<Void> onClose() {
        return closed.asMono();
    }

    /**
     * {@code handler} runs on this connection, and is told of its end; false when that has been.
     */
    boolean runs(HandlerRun handler) {
        return !ending.isClosed() && handlers.add(handler);
    }

    /** Somebody uses the connection: it needs no watching any more. */
    void claim() {
        claimed = true;
        Timeout watch = unclaimed;
        if (watch != null) {
            unclaimed = null;
            watch.cancel();
        }
    }

    /** Aborts and says so, unless somebody uses the connection in time; on the loop. */
    void watchUnclaimed(Duration limit, String source) {
        if (!claimed) {
            unclaimed =
                    loop().after(
                                    NANOSECONDS.convert(limit),
                                    () -> {
                                        dispose();
                                        LOG.warn(
                                                "{} was emitted by {} and used by nobody for {}:"
                                                        + " aborted",
                                                this,
                                                source,
                                                limit);
                                    });
        }
    }

    void onReceiveEnded() {
        ending.advance(options);
    }

    void onSendIdle() {
        outputEnd.advance();
        ending.advance(options);
    }

    /** An error (ENOTCONN) says that the peer is gone: there is nobody left to tell. */
    void shutdownSocket() {
        loop().kernel().sockets().shutdownOutput(fd);
    }

    void onOutputEnded() {
        outputEnded.tryEmitEmpty();
        ending.advance(options);
    }

    /** The kernel has let go of a cancelled operation. */
    void onLetGo() {
        ending.advance(options);
    }

    boolean hasInFlight() {
        return receiver.isInFlight() || sender.isInFlight();
    }

    void onClosed() {
        loop().shutdown().removeHook(shutdownHook);
        ring.countConnection(-1);
        try {
            if (outputEnd.isDone()) {
                outputEnded.tryEmitEmpty();
            } else {
                outputEnded.tryEmitError(closedError("shutdown"));
            }
        } finally {
            closed.tryEmitEmpty();
            handlers.forEach(HandlerRun::onConnectionClosed);
        }
    }

    Throwable closedError(String operation) {
        return TransportErrors.closed(operation, knownRemote());
    }

    /** The peer's address if anybody has asked for it: errors do not cost a system call. */
    @Nullable InetSocketAddress knownRemote() {
        return addresses.knownRemote();
    }

    /** The descriptor is about to be closed: its number may soon be somebody else's. */
    void seal() {
        addresses.seal();
    }

    @Override
    public @Nullable InetSocketAddress remoteAddress() {
        return addresses.remote();
    }

    @Override
    public @Nullable InetSocketAddress localAddress() {
        return addresses.local();
    }

    @Override
    public Scheduler scheduler() {
        return ring;
    }

    /** From any thread; asks for the addresses, once, as long as there is somebody to ask. */
    @Override
    public String toString() {
        return "UringConnection[fd %d, %s, ring %s, %s]"
                .formatted(fd, addresses.text(origin), ring, state());
    }

    private String state() {
        if (!disposed) {
            return "OPEN";
        }
        return Boolean.TRUE.equals(closed.scan(Scannable.Attr.TERMINATED)) ? "CLOSED" : "CLOSING";
    }
}
