// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.tls;

import io.netty.buffer.ByteBuf;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Moves bytes through the engine: decrypts records while plaintext is wanted, encrypts while the
 * transport has room, and does the handshake in between. What is received in one piece is decrypted
 * first, so that all the answers to it share records. Confined to the ring.
 */
final class Pump implements Inbound.Reader {
    private static final int ALERT_ATTEMPTS_MAX = 3;

    private final SecureConnection connection;
    private final OnRing ring;
    private final Inbound inbound;
    private final Engine engine;
    private final DelegatedTasks tasks;
    private final Records records = new Records();
    private final Runnable scheduled = this::onScheduled;
    private final int handshakeBytesMax;

    private boolean established;
    private boolean running;
    private boolean again;
    private boolean soon;

    Pump(SecureConnection connection, OnRing ring, Inbound inbound, Engine engine, TlsOptions o) {
        this.connection = connection;
        this.ring = ring;
        this.inbound = inbound;
        this.engine = engine;
        this.tasks = new DelegatedTasks(engine.raw(), o.tasks(), ring, this::onTasksDone);
        this.handshakeBytesMax = o.limits().handshakeBytesMax();
    }

    @Override
    public void onCiphertext(ByteBuf bytes) {
        records.add(bytes);
        run();
    }

    @Override
    public void onCiphertextEnd(@Nullable Throwable error) {
        run();
    }

    /** Runs at this turn's end, or earlier when there is another reason. */
    void soon() {
        if (running) {
            again = true;
        } else if (!soon) {
            soon = true;
            ring.execute(scheduled);
        }
    }

    private void onScheduled() {
        if (soon) {
            run();
        }
    }

    /** Moves what can be moved. From within, it does so afterwards. */
    void run() {
        if (running) {
            again = true;
            return;
        }
        running = true;
        soon = false;
        try {
            do {
                again = false;
                if (!connection.hasEnded() && !tasks.isRunning()) {
                    move();
                }
            } while (again);
        } catch (SSLException e) {
            connection.fail(e);
        } catch (Throwable e) {
            connection.abort(e);
            throw e;
        } finally {
            running = false;
        }
    }

    private void move() throws SSLException {
        boolean moved = true;
        while (moved && !connection.hasEnded()) {
            if (engine.status() == HandshakeStatus.NEED_TASK) {
                tasks.start();
                return;
            }
            moved = step();
        }
        if (connection.hasEnded()) {
            return;
        }
        connection.outbound().flush();
        if (inbound.isEnded() && !records.hasNext() && !engine.isInboundDone()) {
            onTruncated();
        }
        connection.ending().advance();
        if (wantsCiphertext()) {
            inbound.want();
        }
    }

    /** One record, in one direction; false when there is nothing to do. */
    private boolean step() throws SSLException {
        Outbound outbound = connection.outbound();
        if (engine.needsWrap()) {
            return outbound.mayEmit() && wrap();
        }
        if (mayUnwrap()) {
            return unwrap();
        }
        if (!established || outbound.plaintext().isEmpty()) {
            return false;
        }
        if (engine.isOutboundDone()) {
            outbound.stop(connection.closedError("send"));
            return false;
        }
        return outbound.mayEmit() && wrap();
    }

    private boolean mayUnwrap() throws SSLException {
        if (engine.isInboundDone() || !records.hasNext()) {
            return false;
        }
        if (!established) {
            return true;
        }
        if (!connection.delivery().isWanted()) {
            return false;
        }
        if (engine.isTls13()) {
            return true;
        }
        if (records.type() == Records.HANDSHAKE) {
            throw new SSLException("the peer wants to renegotiate, which is refused");
        }
        // It may be a close_notify, which ends both directions: what was sent before goes first.
        return records.type() != Records.ALERT || connection.outbound().plaintext().isEmpty();
    }

    private boolean wantsCiphertext() {
        // With an answer that cannot leave yet, no further question is read.
        if (tasks.isRunning() || engine.isInboundDone() || engine.needsWrap()) {
            return false;
        }
        boolean wanted = !established || connection.delivery().isWanted();
        return wanted && !records.hasNext();
    }

    private boolean unwrap() throws SSLException {
        if (!established && inbound.bytes() > handshakeBytesMax) {
            throw new SSLException("the peer sent too much before the handshake was complete");
        }
        ByteBuf plaintext = engine.unwrap(records);
        if (plaintext != null) {
            if (!established) {
                plaintext.release();
                throw new SSLException("the peer sent data before the handshake was complete");
            }
            connection.delivery().deliver(plaintext);
        }
        afterEngine();
        return engine.hasMoved();
    }

    private boolean wrap() throws SSLException {
        Plaintext plaintext = connection.outbound().plaintext();
        ByteBuf record = engine.wrap(plaintext);
        int consumed = engine.consumed();
        if (record != null) {
            Batch batch = connection.outbound().emit(record);
            if (consumed > 0 && !connection.hasEnded()) {
                plaintext.taken(consumed, batch);
            }
        }
        afterEngine();
        return engine.hasMoved();
    }

    private void afterEngine() throws SSLException {
        if (!established && engine.hasFinished() && !connection.hasEnded()) {
            established = true;
            connection.onEstablished();
        }
        if (engine.isInboundDone() && !established) {
            throw new SSLException("the peer said close_notify in the handshake");
        }
        if (engine.isInboundDone()) {
            connection.delivery().end(null);
        }
    }

    /** The transport's stream has ended, and the protocol's has not. */
    private void onTruncated() throws SSLException {
        Throwable failure = inbound.failure();
        if (!established) {
            throw new SSLException("the peer closed the connection in the handshake", failure);
        }
        if (!connection.delivery().hasEnded()) {
            connection.delivery().end(failure == null ? connection.truncated() : failure);
        }
    }

    private void onTasksDone(@Nullable Throwable failure) {
        if (connection.hasEnded()) {
            engine.release();
        } else if (failure != null) {
            connection.fail(new SSLException("a task of the TLS engine failed", failure));
        } else {
            engine.refresh();
            run();
        }
    }

    /** Says to the peer that no more comes. */
    void endOutput() throws SSLException {
        engine.closeOutbound();
        emitLast();
        connection.outbound().finishBatch();
    }

    /** Tells the peer of {@code failure}, as far as the engine has words for it. */
    void emitAlert(Throwable failure) {
        for (int i = 0; i < ALERT_ATTEMPTS_MAX && !tasks.isRunning(); i++) {
            try {
                engine.closeOutbound();
                emitLast();
                break;
            } catch (SSLException e) {
                // An engine says what has failed once more before it writes the alert.
                if (!e.equals(failure)) {
                    failure.addSuppressed(e);
                }
            }
        }
        connection.outbound().finishBatch();
    }

    private void emitLast() throws SSLException {
        boolean moved = true;
        while (moved && engine.needsWrap()) {
            ByteBuf record = engine.wrap(null);
            if (record != null) {
                connection.outbound().emit(record);
            }
            moved = engine.hasMoved();
        }
    }

    @Override
    public void onStopped() {
        records.release();
    }

    /** Gives the engine back, once its tasks have ended. */
    void release() {
        if (!tasks.isRunning()) {
            engine.release();
        }
    }
}
