// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.tls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ReferenceCountUtil;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's engine with buffers around it: a record into plaintext, plaintext into a record, and
 * what the last step has done. Not to be used while its delegated tasks run.
 */
final class Engine {
    private static final ByteBuffer[] NO_PLAINTEXT = {};

    /**
     * Room for the largest record (RFC 5246, 6.2.3), which the engine wants even for a small one.
     */
    private static final int SCRATCH_BYTES = 20 * 1024;

    /**
     * Where records are read and written, and copied from and to the connection's memory: on the
     * heap, where the JDK's ciphers work in place. Used within one call only, so the connections of
     * one thread share it.
     */
    private static final ThreadLocal<ByteBuffer> SCRATCH =
            ThreadLocal.withInitial(() -> ByteBuffer.allocate(SCRATCH_BYTES));

    private final SSLEngine engine;
    private HandshakeStatus status = HandshakeStatus.NOT_HANDSHAKING;
    private boolean finished;
    private boolean tls13;
    private boolean inboundDone;
    private boolean outboundDone;
    private int consumed;
    private boolean moved;

    Engine(SSLEngine engine) {
        this.engine = engine;
    }

    SSLEngine raw() {
        return engine;
    }

    void begin() throws SSLException {
        engine.beginHandshake();
        refresh();
    }

    HandshakeStatus status() {
        return status;
    }

    boolean needsWrap() {
        return status == HandshakeStatus.NEED_WRAP && !outboundDone;
    }

    /** Whether the handshake is complete. */
    boolean hasFinished() {
        return finished;
    }

    /** Known once the handshake is complete. */
    boolean isTls13() {
        return tls13;
    }

    /** Whether the peer has said close_notify. */
    boolean isInboundDone() {
        return inboundDone;
    }

    /** Whether our close_notify was written. */
    boolean isOutboundDone() {
        return outboundDone;
    }

    /** How many bytes of plaintext the last {@link #wrap} has encrypted. */
    int consumed() {
        return consumed;
    }

    /** Whether the last step has changed anything. */
    boolean hasMoved() {
        return moved;
    }

    void refresh() {
        status = engine.getHandshakeStatus();
    }

    void closeOutbound() {
        engine.closeOutbound();
        refresh();
    }

    /** Decrypts the next record; null when it holds nothing for the user. */
    @Nullable ByteBuf unwrap(Records records) throws SSLException {
        int capacity = records.length();
        while (true) {
            ByteBuf plaintext = ByteBufAllocator.DEFAULT.directBuffer(capacity);
            boolean keep = false;
            try {
                SSLEngineResult result =
                        engine.unwrap(
                                records.copyTo(SCRATCH.get()),
                                plaintext.internalNioBuffer(0, capacity));
                if (result.getStatus() == Status.BUFFER_OVERFLOW) {
                    capacity = larger(capacity, engine.getSession().getApplicationBufferSize());
                    continue;
                }
                if (result.getStatus() == Status.BUFFER_UNDERFLOW) {
                    throw new SSLException("the peer sent something that is not a TLS record");
                }
                if (result.bytesConsumed() > 0) {
                    records.remove();
                }
                after(result);
                keep = result.bytesProduced() > 0;
                return keep ? plaintext.writerIndex(result.bytesProduced()) : null;
            } finally {
                if (!keep) {
                    plaintext.release();
                }
            }
        }
    }

    /**
     * Writes the next record, with as much of {@code plaintext} as one holds or with what the
     * handshake has to say; null when there is none. See {@link #consumed()}.
     */
    @Nullable ByteBuf wrap(@Nullable Plaintext plaintext) throws SSLException {
        int pieces = plaintext == null ? 0 : plaintext.gather();
        ByteBuffer[] sources = plaintext == null ? NO_PLAINTEXT : plaintext.views();
        try {
            return wrap(sources, pieces);
        } finally {
            if (plaintext != null) {
                plaintext.forget(pieces);
            }
        }
    }

    private @Nullable ByteBuf wrap(ByteBuffer[] sources, int pieces) throws SSLException {
        ByteBuffer record = SCRATCH.get().clear();
        while (true) {
            SSLEngineResult result = engine.wrap(sources, 0, pieces, record);
            if (result.getStatus() == Status.BUFFER_OVERFLOW) {
                int capacity = larger(record.capacity(), engine.getSession().getPacketBufferSize());
                record = ByteBuffer.allocate(capacity);
                continue;
            }
            after(result);
            int length = result.bytesProduced();
            return length == 0
                    ? null
                    : ByteBufAllocator.DEFAULT.directBuffer(length).writeBytes(record.flip());
        }
    }

    /** The engine says when it wants more room than before; it is not believed without bound. */
    private static int larger(int capacity, int wanted) throws SSLException {
        if (capacity >= wanted) {
            throw new SSLException("the TLS engine wants more room than a record can need");
        }
        return wanted;
    }

    private void after(SSLEngineResult result) {
        consumed = result.bytesConsumed();
        HandshakeStatus before = status;
        status = result.getHandshakeStatus();
        moved = consumed > 0 || result.bytesProduced() > 0 || status != before;
        if (result.getStatus() == Status.CLOSED) {
            inboundDone |= engine.isInboundDone();
            outboundDone |= engine.isOutboundDone();
        } else if (status == HandshakeStatus.FINISHED
                || (!finished && status == HandshakeStatus.NOT_HANDSHAKING)) {
            onFinished();
        }
    }

    private void onFinished() {
        finished = true;
        tls13 = engine.getSession().getProtocol().equals("TLSv1.3");
        // What follows the handshake, such as session tickets, may be written already.
        refresh();
    }

    /** For engines that hold native memory; the JDK's does not. */
    void release() {
        ReferenceCountUtil.safeRelease(engine);
    }
}
