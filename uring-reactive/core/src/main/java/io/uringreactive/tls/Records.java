// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.tls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the records in what is received (RFC 8446, 5.1). A record that lies whole in a received
 * buffer is taken from there; one that began in an earlier buffer is put together in a buffer of
 * its own. At most one received buffer and one record are held. Confined to the ring.
 */
final class Records {
    static final int HEADER_BYTES = 5;
    static final int ALERT = 21;
    static final int HANDSHAKE = 22;

    /** Content of TLS 1.2 (RFC 5246, 6.2.3), which is larger than that of 1.3. */
    private static final int CONTENT_BYTES_MAX = (1 << 14) + 2048;

    private static final int START_BYTES = 256;

    private @Nullable ByteBuf received;
    private @Nullable ByteBuf partial;

    /**
     * Where the next record lies: in the partial one, if there is one, or in what was received.
     * Null when there is no whole record.
     */
    private @Nullable ByteBuf source;

    private int length;

    /** Takes over {@code bytes}; there must be no whole record left. */
    void add(ByteBuf bytes) {
        assert received == null;
        if (bytes.isReadable()) {
            received = bytes;
        } else {
            bytes.release();
        }
    }

    /** Whether a whole record is there. */
    boolean hasNext() {
        return source != null || find();
    }

    private boolean find() {
        ByteBuf from = received;
        if (from == null) {
            return false;
        }
        if (partial == null) {
            int whole = lengthOf(from);
            if (whole > 0 && from.readableBytes() >= whole) {
                source = from;
                length = whole;
                return true;
            }
            int capacity = Math.max(whole, START_BYTES);
            partial = ByteBufAllocator.DEFAULT.directBuffer(capacity);
        }
        return complete(partial, from);
    }

    private boolean complete(ByteBuf start, ByteBuf from) {
        move(from, start, HEADER_BYTES - start.readableBytes());
        int whole = lengthOf(start);
        if (whole > 0) {
            move(from, start, whole - start.readableBytes());
        }
        if (!from.isReadable()) {
            received = null;
            from.release();
        }
        if (whole < 0 || start.readableBytes() < whole) {
            return false;
        }
        source = start;
        length = whole;
        return true;
    }

    private static void move(ByteBuf from, ByteBuf to, int wanted) {
        int count = Math.min(wanted, from.readableBytes());
        if (count > 0) {
            to.writeBytes(from, count);
        }
    }

    /**
     * The next record's, with its header; -1 while too little is there to know. What is no record
     * counts as one of what is there: the engine finds the words for it.
     */
    private static int lengthOf(ByteBuf bytes) {
        if (bytes.readableBytes() < HEADER_BYTES) {
            return -1;
        }
        int at = bytes.readerIndex();
        int content = bytes.getUnsignedShort(at + 3);
        boolean sound = bytes.getByte(at + 1) == 3 && content <= CONTENT_BYTES_MAX;
        return sound ? HEADER_BYTES + content : bytes.readableBytes();
    }

    /** The content type of the next record, which TLS 1.3 hides. */
    int type() {
        ByteBuf record = source;
        return record == null ? -1 : record.getUnsignedByte(record.readerIndex());
    }

    /** The length of the next record, with its header. */
    int length() {
        return length;
    }

    /** The next record, in {@code scratch}; what is no record and larger than that is cut. */
    ByteBuffer copyTo(ByteBuffer scratch) {
        ByteBuf record = source;
        if (record == null) {
            throw new IllegalStateException("no whole record is there");
        }
        scratch.clear().limit(Math.min(length, scratch.capacity()));
        record.getBytes(record.readerIndex(), scratch);
        return scratch.flip();
    }

    /** The engine is through with the next record. */
    void remove() {
        ByteBuf record = source;
        if (record == null) {
            return;
        }
        source = null;
        if (partial != null) {
            partial = null;
            record.release();
        } else {
            record.skipBytes(length);
            if (!record.isReadable()) {
                received = null;
                record.release();
            }
        }
    }

    void release() {
        source = null;
        if (received != null) {
            received.release();
            received = null;
        }
        if (partial != null) {
            partial.release();
            partial = null;
        }
    }
}
