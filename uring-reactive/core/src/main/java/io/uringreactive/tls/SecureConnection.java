// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.tls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.uringreactive.Connection;
import io.uringreactive.TlsFailed;
import io.uringreactive.TransportErrors;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Function;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * A connection under TLS: the transport below, a {@link Pump} with its engine, and what ends them.
 * Created on the ring, before the handshake.
 *
 * <pre>
 *   HANDSHAKE --finished--> OPEN --sends have ended--> close_notify --> the transport closes
 *      +-------- the engine fails: alert, the transport closes in order --------^
 *      +-------- abort, or the transport is gone: everything ends at once
 * </pre>
 */
final class SecureConnection implements TlsConnection {
    private final Connection transport;
    private final OnRing ring;
    private final Handshake handshake;
    private final SSLEngine engine;
    private final Inbound inbound;
    private final Pump pump;
    private final Outbound outbound;
    private final Delivery delivery = new Delivery(this);
    private final Ending ending;
    private boolean ended;
    private volatile boolean disposed;

    SecureConnection(Handshake handshake, Engine engine) {
        this.handshake = handshake;
        this.transport = handshake.transport();
        this.ring = handshake.ring();
        this.inbound = handshake.inbound();
        this.engine = engine.raw();
        this.pump = new Pump(this, ring, inbound, engine, handshake.options());
        this.outbound = new Outbound(transport, ring, pump, this::abort);
        this.ending = new Ending(this, transport, handshake.options().limits());
    }

    OnRing ring() {
        return ring;
    }

    Pump pump() {
        return pump;
    }

    Outbound outbound() {
        return outbound;
    }

    Delivery delivery() {
        return delivery;
    }

    Ending ending() {
        return ending;
    }

    boolean hasEnded() {
        return ended;
    }

    void onEstablished() {
        handshake.succeed(this);
    }

    @Override
    public Flux<ByteBuf> receive() {
        return new TlsReceiveFlux(ring, delivery);
    }

    @Override
    public Mono<Void> send(Publisher<? extends ByteBuf> data) {
        return new TlsSendMono(outbound, data);
    }

    @Override
    public Mono<Void> sendText(String text) {
        return send(Mono.fromSupplier(() -> encode(text)));
    }

    @Override
    public Mono<Void> sendText(Publisher<String> texts) {
        return send(Flux.from(texts).map(SecureConnection::encode));
    }

    private static ByteBuf encode(String text) {
        return ByteBufUtil.writeUtf8(ByteBufAllocator.DEFAULT, text);
    }

    @Override
    public Mono<Void> shutdownOutput() {
        return ending.outputDone().doOnSubscribe(ignored -> ring.run(ending::endOutput));
    }

    @Override
    public Mono<Void> close() {
        return transport
                .onClose()
                .doOnSubscribe(
                        ignored -> {
                            disposed = true;
                            ring.run(ending::close);
                        });
    }

    @Override
    public void dispose() {
        disposed = true;
        ring.run(() -> abort(closedError("dispose")));
    }

    /** Ends at once, on the ring; {@code reason} reaches those who are sending and receiving. */
    void abort(Throwable reason) {
        end(reason);
        transport.dispose();
    }

    /** The engine cannot go on: the peer is told why, and the transport closed in order. */
    void fail(SSLException error) {
        if (ended) {
            return;
        }
        TlsFailed failure =
                handshake.isComplete()
                        ? Failures.established(error, transport.remoteAddress())
                        : handshake.failure(error);
        // The alert leaves before anybody is told, who may then abort the transport.
        ended = true;
        pump.emitAlert(error);
        tellEnd(failure);
        transport.close().subscribe();
    }

    /** The transport is closed, for whatever reason. */
    void onTransportClosed() {
        end(closedError("close"));
    }

    private void end(Throwable reason) {
        if (!ended) {
            ended = true;
            tellEnd(reason);
        }
    }

    private void tellEnd(Throwable reason) {
        disposed = true;
        inbound.stop();
        pump.release();
        handshake.fail(reason);
        delivery.end(reason);
        outbound.stop(reason);
        ending.onEnded();
    }

    /** The subscriber is gone: what comes is not wanted any more. */
    void stopReceiving() {
        inbound.stop();
    }

    Throwable closedError(String operation) {
        return TransportErrors.closed(operation, null);
    }

    TlsFailed truncated() {
        return Failures.truncated(transport.remoteAddress());
    }

    @Override
    public long sentBytes() {
        return transport.sentBytes();
    }

    @Override
    public boolean isDisposed() {
        return disposed || transport.isDisposed();
    }

    @Override
    public Mono<Void> handle(Function<? super Connection, ? extends Publisher<Void>> handler) {
        return transport.handle(ignored -> Handling.of(this, handler));
    }

    @Override
    public Mono<Void> onClose() {
        return transport.onClose();
    }

    @Override
    public @Nullable InetSocketAddress localAddress() {
        return transport.localAddress();
    }

    @Override
    public @Nullable InetSocketAddress remoteAddress() {
        return transport.remoteAddress();
    }

    @Override
    public Scheduler scheduler() {
        return transport.scheduler();
    }

    @Override
    public String protocol() {
        return session().getProtocol();
    }

    @Override
    public String cipherSuite() {
        return session().getCipherSuite();
    }

    @Override
    public @Nullable String applicationProtocol() {
        return PeerFacts.applicationProtocol(engine);
    }

    @Override
    public @Nullable String hostName() {
        return PeerFacts.hostName(engine, handshake.side());
    }

    @Override
    public SSLSession session() {
        return engine.getSession();
    }

    @Override
    public List<X509Certificate> peerCertificates() {
        return PeerFacts.certificates(session());
    }

    @Override
    public String toString() {
        String alpn = applicationProtocol();
        return protocol()
                + " "
                + cipherSuite()
                + (alpn == null ? "" : " for " + alpn)
                + " over "
                + transport;
    }
}
