// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.tls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.uringreactive.Connection;
import io.uringreactive.TlsFailed;
import io.uringreactive.TransportErrors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * One handshake, from the connection that is given to the secure one that is emitted, within a
 * limit of time. Confined to the ring, except {@link #cancel()}.
 */
final class Handshake {
    private final Connection transport;
    private final Side side;
    private final MonoSink<TlsConnection> sink;
    private final OnRing ring;
    private final Inbound inbound = new Inbound();
    private @Nullable SecureConnection secure;
    private @Nullable Disposable limit;
    private boolean complete;
    private boolean over;

    private Handshake(Connection transport, Side side, MonoSink<TlsConnection> sink) {
        this.transport = transport;
        this.side = side;
        this.sink = sink;
        this.ring = new OnRing(transport);
    }

    static Mono<TlsConnection> on(Connection transport, Side side) {
        return Mono.create(
                sink -> {
                    // On the ring from its first step on, whose thread it thereby learns. A ring
                    // that stops meanwhile forgets it, but closes the connection.
                    AtomicBoolean begun = new AtomicBoolean();
                    Disposable.Swap closed = Disposables.swap();
                    Runnable start =
                            () -> {
                                if (begun.compareAndSet(false, true)) {
                                    closed.dispose();
                                    new Handshake(transport, side, sink).start();
                                }
                            };
                    try {
                        transport.scheduler().schedule(start);
                    } catch (RejectedExecutionException e) {
                        begun.set(true);
                        transport.dispose();
                        sink.error(e);
                        return;
                    }
                    closed.update(transport.onClose().subscribe(null, null, start));
                });
    }

    Connection transport() {
        return transport;
    }

    OnRing ring() {
        return ring;
    }

    Inbound inbound() {
        return inbound;
    }

    Side side() {
        return side;
    }

    TlsOptions options() {
        return side.options();
    }

    /** Whether the connection is secure. */
    boolean isComplete() {
        return complete;
    }

    /** Whether its subscriber has been told the outcome. */
    boolean isOver() {
        return over;
    }

    private void start() {
        sink.onCancel(this::cancel);
        if (over) {
            return; // cancelled before it began
        }
        limit = ring.after(options().limits().handshakeTimeout(), this::onTimeLimit);
        transport.onClose().subscribe(null, null, this::onTransportClosed);
        if (over) {
            return; // closed before it began
        }
        ContextSelector contexts = options().contexts();
        if (side.isClient() || contexts == null) {
            begin(side.context(), Unpooled.EMPTY_BUFFER);
        } else {
            inbound.readBy(new HelloReading(this, contexts));
        }
        if (!over) {
            transport.receive().subscribe(inbound);
            inbound.want();
        }
    }

    /** Starts the engine of {@code context}, with what the peer has said so far. */
    void begin(SSLContext context, ByteBuf received) {
        Engine engine;
        try {
            engine = new Engine(side.engine(context));
        } catch (RuntimeException e) {
            // Options that this engine does not know, such as the name of a cipher suite.
            received.release();
            abort(e);
            return;
        }
        SecureConnection connection = new SecureConnection(this, engine);
        secure = connection;
        try {
            engine.begin();
        } catch (SSLException e) {
            received.release();
            connection.fail(e);
            return;
        }
        inbound.readBy(connection.pump());
        connection.pump().onCiphertext(received);
    }

    void succeed(SecureConnection connection) {
        complete = true;
        finish();
        sink.success(connection);
    }

    /** Tells the subscriber, if it waits still; whoever calls ends the connection. */
    void fail(Throwable reason) {
        if (!over) {
            finish();
            sink.error(reason);
        }
    }

    private void finish() {
        over = true;
        Disposable timer = limit;
        if (timer != null) {
            timer.dispose();
        }
    }

    TlsFailed failure(Throwable error) {
        return Failures.handshake(error, side, transport.remoteAddress());
    }

    /** Refuses the peer before there is an engine, with an alert of our own. */
    void refuse(Throwable error, ByteBuf alert) {
        if (over) {
            alert.release();
            return;
        }
        inbound.stop();
        transport.send(Mono.just(alert)).onErrorComplete().subscribe();
        transport.close().subscribe();
        fail(failure(error));
    }

    /** Ends everything at once, with {@code reason}. */
    private void abort(Throwable reason) {
        SecureConnection connection = secure;
        if (connection != null) {
            connection.abort(reason);
        } else {
            inbound.stop();
            transport.dispose();
            fail(reason);
        }
    }

    private void onTimeLimit() {
        if (!over) {
            abort(
                    TransportErrors.timedOut(
                            "TLS handshake",
                            "not complete within " + options().limits().handshakeTimeout(),
                            transport.remoteAddress()));
        }
    }

    private void onTransportClosed() {
        SecureConnection connection = secure;
        if (connection != null) {
            connection.onTransportClosed();
        } else {
            inbound.stop();
            fail(TransportErrors.closed("TLS handshake", null));
        }
        ring.onClosed();
    }

    /** The subscriber is gone. From any thread. */
    private void cancel() {
        ring.run(
                () -> {
                    if (!over || complete) {
                        // Complete and cancelled: its subscriber has not taken it, and will not.
                        finish();
                        abort(TransportErrors.closed("TLS handshake", null));
                    }
                });
    }
}
