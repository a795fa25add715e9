// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test.contract;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Takes what a connection receives: as {@link Sequence}, or as it is. */
final class Bytes extends Probe<ByteBuf> {
    enum Content {
        SEQUENCE,
        ANY
    }

    private final Content content;
    private final ByteArrayOutputStream any = new ByteArrayOutputStream();
    private final Queue<ByteBuf> kept = new ConcurrentLinkedQueue<>();
    private @Nullable LongSupplier refill;
    private volatile boolean keeps;
    private volatile long bytes;

    Bytes(Content content) {
        this.content = content;
    }

    /** Whenever everything that was requested has come, so much more is requested. */
    Bytes refilledBy(LongSupplier howMuch) {
        refill = howMuch;
        return this;
    }

    /** From now on, or no longer, buffers are kept and not released. */
    void keep(boolean value) {
        keeps = value;
    }

    Queue<ByteBuf> kept() {
        return kept;
    }

    // Signals are serialised: that is what is being tested.
    @SuppressWarnings("NonAtomicVolatileUpdate")
    @Override
    void take(ByteBuf buffer) {
        if (buffer.refCnt() != 1) {
            note("a buffer was emitted with refCnt " + buffer.refCnt());
        }
        if (content == Content.SEQUENCE) {
            int wrong = Sequence.mismatch(bytes, buffer);
            if (wrong >= 0) {
                note("the stream is wrong from byte " + (bytes + wrong) + " on");
            }
        } else {
            synchronized (any) {
                byte[] copy = new byte[buffer.readableBytes()];
                buffer.getBytes(buffer.readerIndex(), copy);
                any.writeBytes(copy);
            }
        }
        bytes += buffer.readableBytes();
        if (keeps) {
            kept.add(buffer);
        } else {
            buffer.release();
        }
        LongSupplier howMuch = refill;
        if (howMuch != null && outstanding() == 0) {
            request(howMuch.getAsLong());
        }
    }

    long bytes() {
        return bytes;
    }

    byte[] content() {
        synchronized (any) {
            return any.toByteArray();
        }
    }

    String text() {
        return new String(content(), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return bytes + " bytes in " + super.toString();
    }
}
