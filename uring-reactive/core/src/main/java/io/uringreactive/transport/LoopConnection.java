// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.transport;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.netty.buffer.ByteBuf;
import io.uringreactive.Connection;
import io.uringreactive.ConnectionOptions;
import io.uringreactive.TransportErrors;
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
import reactor.util.Logger;
import reactor.util.Loggers;

/**
 * A connection that is confined to a {@link Loop}: all that the API promises of it, but for the
 * socket, which is the transport's. Created on its loop, when the socket is connected.
 */
@SuppressWarnings("this-escape") // to its own parts, which use it later
public abstract class LoopConnection implements Connection {
    private static final Logger LOG = Loggers.getLogger(Connection.class);

    private final Loop loop;
    private final ConnectionOptions options;
    private final OutputEnd outputEnd = new OutputEnd(this);
    private final Ending ending = new Ending(this);
    private final Sinks.Empty<Void> closed = Sinks.empty();
    private final Sinks.Empty<Void> outputEnded = Sinks.empty();
    private final Runnable stopHook = this::dispose;

    /** Null where idle peers are not limited. */
    private final @Nullable IdleWatch idle;

    /** Usually one. */
    private final List<HandlerRun> handlers = new ArrayList<>(1);

    /** Aborts a connection that nobody uses; null once somebody does. */
    private Loop.@Nullable Timer unclaimed;

    /** Whoever uses it may come before the watch: the two reach the loop on different ways. */
    private boolean claimed;

    private volatile boolean disposed;

    protected LoopConnection(Loop loop, ConnectionOptions options) {
        this.loop = loop;
        this.options = options;
        this.idle = IdleWatch.of(this, options);
    }

    /** The last of a subclass's construction: from now on the connection ends with its loop. */
    protected final void begin() {
        loop.addStopHook(stopHook);
    }

    public final Loop loop() {
        return loop;
    }

    protected abstract Receiving receiving();

    protected abstract Sending sending();

    /** Lets the socket take as much as the kernel likes of what TCP has not sent yet. */
    protected abstract void liftUnsentBytesMax();

    /** Sends the FIN. An error says that the peer is gone: there is nobody left to tell. */
    protected abstract void shutdownSocket();

    /** Whether something must come to an end yet before the socket may be closed. */
    protected abstract boolean hasInFlight();

    /** Closes the socket, with a RST where {@code reset}; calls {@link #onClosed} after that. */
    protected abstract void closeSocket(boolean reset);

    /** The peer's address if it is known already: errors do not cost a system call. */
    public abstract @Nullable InetSocketAddress knownRemote();

    final OutputEnd outputEnd() {
        return outputEnd;
    }

    final Ending ending() {
        return ending;
    }

    final ConnectionOptions options() {
        return options;
    }

    @Override
    public final Flux<ByteBuf> receive() {
        return new ReceiveFlux(this);
    }

    @Override
    public final Mono<Void> send(Publisher<? extends ByteBuf> data) {
        return new SendMono(this, data);
    }

    @Override
    public final long sentBytes() {
        return sending().sentBytes();
    }

    @Override
    public final Mono<Void> shutdownOutput() {
        return new ShutdownMono(this, outputEnded.asMono());
    }

    /** On the loop. */
    void endOutput() {
        claim();
        if (ending.isOpen()) {
            sending().refuse(closedError("send"));
            outputEnd.start();
        } else if (!outputEnd.isDone()) {
            outputEnded.tryEmitError(closedError("shutdown"));
        }
    }

    @Override
    public final Mono<Void> close() {
        return closed.asMono().doOnSubscribe(ignored -> closeInOrder());
    }

    /** Begins the graceful close, from any thread. */
    final void closeInOrder() {
        loop.run(this::beginClose);
    }

    private void beginClose() {
        claim();
        endIdleWatch();
        disposed = true;
        ending.start();
    }

    @Override
    public final void dispose() {
        disposed = true;
        loop.run(() -> abort(closedError("dispose")));
    }

    /** Ends at once, on the loop; {@code reason} reaches those who are sending and receiving. */
    public final void abort(Throwable reason) {
        claim();
        endIdleWatch();
        disposed = true;
        ending.abort(reason);
    }

    @Override
    public final boolean isDisposed() {
        return disposed;
    }

    @Override
    public final Mono<Void> handle(
            Function<? super Connection, ? extends Publisher<Void>> handler) {
        return new HandleMono(this, handler);
    }

    @Override
    public final Mono<Void> onClose() {
        return closed.asMono();
    }

    /**
     * {@code handler} runs on this connection, and is told of its end; false when that has been.
     */
    final boolean runs(HandlerRun handler) {
        return !ending.isClosed() && handlers.add(handler);
    }

    /** Somebody uses the connection: it needs no watching any more. */
    public final void claim() {
        claimed = true;
        Loop.Timer watch = unclaimed;
        if (watch != null) {
            unclaimed = null;
            watch.cancel();
        }
    }

    /** Aborts and says so, unless somebody uses the connection in time; on the loop. */
    public final void watchUnclaimed(Duration limit, String source, Runnable onAborted) {
        if (!claimed) {
            unclaimed =
                    loop.after(
                            NANOSECONDS.convert(limit),
                            () -> {
                                dispose();
                                onAborted.run();
                                LOG.warn(
                                        "{} was emitted by {} and used by nobody for {}: aborted",
                                        this,
                                        source,
                                        limit);
                            });
        }
    }

    /** Bytes came, or are wanted from now on. */
    final void onRead() {
        if (idle != null) {
            idle.onRead();
        }
    }

    /** The kernel took bytes, or there are some for it from now on. */
    final void onWrite() {
        if (idle != null) {
            idle.onWrite();
        }
    }

    private void endIdleWatch() {
        if (idle != null) {
            idle.stop();
        }
    }

    final void onReceiveEnded() {
        ending.advance();
    }

    final void onSendIdle() {
        outputEnd.advance();
        ending.advance();
    }

    final void onOutputEnded() {
        try {
            outputEnded.tryEmitEmpty();
        } finally {
            ending.advance(); // also when a subscriber threw
        }
    }

    /** What was in flight when the connection ended has come to its end. */
    public final void onLetGo() {
        ending.advance();
    }

    /** The socket is closed: the last word of a transport. */
    protected void onClosed() {
        ending.onClosed();
        loop.removeStopHook(stopHook);
        try {
            if (outputEnd.isDone()) {
                outputEnded.tryEmitEmpty();
            } else {
                outputEnded.tryEmitError(closedError("shutdown"));
            }
        } finally {
            try {
                closed.tryEmitEmpty();
            } finally {
                handlers.forEach(HandlerRun::onConnectionClosed);
            }
        }
    }

    public final Throwable closedError(String operation) {
        return TransportErrors.closed(operation, knownRemote());
    }

    /** For descriptions: OPEN, CLOSING or CLOSED. */
    protected final String state() {
        if (!disposed) {
            return "OPEN";
        }
        return Boolean.TRUE.equals(closed.scan(Scannable.Attr.TERMINATED)) ? "CLOSED" : "CLOSING";
    }
}
