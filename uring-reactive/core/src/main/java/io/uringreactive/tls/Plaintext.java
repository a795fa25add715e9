// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.tls;

import io.netty.buffer.ByteBuf;
import io.netty.util.ReferenceCountUtil;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** What waits to be encrypted, each buffer with its send. Confined to the ring. */
final class Plaintext {
    /** The most that one record holds (RFC 8446, 5.1). */
    static final int RECORD_BYTES_MAX = 1 << 14;

    private static final int PIECES_MAX = 64;

    private final ArrayDeque<ByteBuf> buffers = new ArrayDeque<>(2);
    private final ArrayDeque<TlsSend> owners = new ArrayDeque<>(2);
    private final @Nullable ByteBuffer[] views = new @Nullable ByteBuffer[PIECES_MAX];
    private final ArrayList<TlsSend> told = new ArrayList<>(2);
    private int bytes;

    /** Of the first buffer some bytes are encrypted and some are not. */
    private boolean firstIsCut;

    /** Takes over {@code buffer}, which is in one piece. */
    void add(ByteBuf buffer, TlsSend owner) {
        buffers.add(buffer);
        owners.add(owner);
        bytes += buffer.readableBytes();
    }

    boolean isEmpty() {
        return buffers.isEmpty();
    }

    int bytes() {
        return bytes;
    }

    /**
     * Views of the first buffers, up to one record's worth, in {@link #views()}; returns how many.
     * Fresh views and not the buffers' own: a user may send one memory on several connections.
     */
    int gather() {
        int count = 0;
        int room = RECORD_BYTES_MAX;
        for (ByteBuf buffer : buffers) {
            if (count == PIECES_MAX || room <= 0) {
                break;
            }
            views[count++] = buffer.nioBuffer();
            room -= buffer.readableBytes();
        }
        return count;
    }

    /** For {@link javax.net.ssl.SSLEngine#wrap(ByteBuffer[], int, int, ByteBuffer)}. */
    // The engine looks at as many as gather() has filled, and those are not null.
    @SuppressWarnings("NullAway")
    ByteBuffer[] views() {
        return views;
    }

    /** The engine is through with the views. */
    void forget(int pieces) {
        Arrays.fill(views, 0, pieces, null);
    }

    /**
     * The first {@code count} bytes are encrypted; {@code in} got them. Owners are told at the end,
     * since what they do may change the queue.
     */
    void taken(int count, Batch in) {
        bytes -= count;
        int rest = count;
        while (!buffers.isEmpty() && buffers.element().readableBytes() <= rest) {
            ByteBuf first = buffers.remove();
            TlsSend owner = owners.remove();
            rest -= first.readableBytes();
            firstIsCut = false;
            ReferenceCountUtil.safeRelease(first);
            owner.onTaken(in);
            if (told.isEmpty() || told.getLast() != owner) {
                told.add(owner);
            }
        }
        if (rest > 0) {
            buffers.element().skipBytes(rest);
            firstIsCut = true;
        }
        for (int i = 0; i < told.size(); i++) {
            told.get(i).advance();
        }
        told.clear();
    }

    /**
     * Drops the buffers of sends that have ended. One that is cut is finished all the same, so that
     * others' bytes do not stand in its middle.
     */
    void removeEnded() {
        Iterator<ByteBuf> buffer = buffers.iterator();
        Iterator<TlsSend> owner = owners.iterator();
        boolean kept = firstIsCut;
        while (buffer.hasNext()) {
            ByteBuf its = buffer.next();
            if (owner.next().isEnded() && !kept) {
                buffer.remove();
                owner.remove();
                bytes -= its.readableBytes();
                ReferenceCountUtil.safeRelease(its);
            }
            kept = false;
        }
    }

    void release() {
        buffers.forEach(ReferenceCountUtil::safeRelease);
        buffers.clear();
        owners.clear();
        bytes = 0;
        firstIsCut = false;
    }
}
