// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** One gzip member (RFC 1952), made piece by piece. Confined to one thread. */
final class GzipStream {
    /** Deflate, no name, no time, an unknown system. */
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    private static final int ROOM_BYTES = 512;

    private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    private final CRC32 crc = new CRC32();
    private boolean begun;

    /** Everything up to the end of {@code content} can be read of what it returns. */
    ByteBuf add(ByteBuf content) {
        return coded(content, false);
    }

    /** The rest. Gives the memory back: nothing is added after it. */
    ByteBuf end(ByteBuf content) {
        return coded(content, true);
    }

    /** Gives the memory back; once or more. */
    void close() {
        deflater.end();
    }

    /** Takes over {@code content}. */
    private ByteBuf coded(ByteBuf content, boolean last) {
        ByteBuf out =
                ByteBufAllocator.DEFAULT.directBuffer(ROOM_BYTES + content.readableBytes() / 4);
        try {
            if (!begun) {
                begun = true;
                out.writeBytes(HEADER);
            }
            for (ByteBuffer piece : content.nioBuffers()) {
                crc.update(piece.duplicate());
                deflater.setInput(piece);
                while (!deflater.needsInput()) {
                    deflate(out, Deflater.NO_FLUSH);
                }
            }
            if (last) {
                finish(out);
            } else {
                boolean more = true;
                while (more) {
                    // All of the room is used as long as something is left.
                    more = deflate(out, Deflater.SYNC_FLUSH);
                }
            }
            return out;
        } catch (RuntimeException | Error e) {
            out.release();
            close();
            throw e;
        } finally {
            content.release();
        }
    }

    private void finish(ByteBuf out) {
        deflater.finish();
        while (!deflater.finished()) {
            deflate(out, Deflater.NO_FLUSH);
        }
        out.writeIntLE((int) crc.getValue());
        out.writeIntLE((int) deflater.getBytesRead());
        close();
    }

    /** Returns whether it has filled the room there was. */
    private boolean deflate(ByteBuf out, int flush) {
        out.ensureWritable(ROOM_BYTES);
        ByteBuffer room = out.nioBuffer(out.writerIndex(), out.writableBytes());
        int written = deflater.deflate(room, flush);
        out.writerIndex(out.writerIndex() + written);
        return !room.hasRemaining();
    }
}
