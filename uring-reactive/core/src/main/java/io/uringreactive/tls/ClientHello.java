// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.tls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The host name in a client's first message (RFC 8446, 4.1.2; RFC 6066, 3), which may be spread
 * over records. What is no ClientHello names no host, and is left to the engine to refuse.
 *
 * @param bytesNeeded how many bytes must be there before it is worth looking again; 0 when the
 *     message is complete or is none
 */
record ClientHello(int bytesNeeded, @Nullable String hostName) {
    private static final int CLIENT_HELLO = 1;
    private static final int MESSAGE_HEADER_BYTES = 4;
    private static final int MESSAGE_BYTES_MAX = 1 << 15;
    private static final int VERSION_AND_RANDOM_BYTES = 2 + 32;
    private static final int SERVER_NAME_EXTENSION = 0;
    private static final int HOST_NAME = 0;

    private static final ClientHello NO_NAME = new ClientHello(0, null);

    boolean isComplete() {
        return bytesNeeded == 0;
    }

    /** Looks at what is readable in {@code bytes} and leaves it there. */
    static ClientHello read(ByteBuf bytes) {
        ByteBuf message = Unpooled.buffer(bytes.readableBytes());
        int at = bytes.readerIndex();
        while (message.readableBytes() < lengthOf(message)) {
            int left = bytes.writerIndex() - at;
            if (left < Records.HEADER_BYTES) {
                return needs(bytes, Records.HEADER_BYTES - left);
            }
            int length = bytes.getUnsignedShort(at + 3);
            if (bytes.getByte(at) != Records.HANDSHAKE || length == 0) {
                return NO_NAME;
            }
            int whole = Records.HEADER_BYTES + length;
            if (left < whole) {
                return needs(bytes, whole - left);
            }
            message.writeBytes(bytes, at + Records.HEADER_BYTES, length);
            at += whole;
        }
        if (message.getByte(0) != CLIENT_HELLO || lengthOf(message) > MESSAGE_BYTES_MAX) {
            return NO_NAME;
        }
        try {
            message.skipBytes(MESSAGE_HEADER_BYTES);
            return new ClientHello(0, find(message));
        } catch (IndexOutOfBoundsException e) {
            return NO_NAME; // lengths that contradict each other: the engine has the alert for it
        }
    }

    private static ClientHello needs(ByteBuf bytes, int more) {
        return new ClientHello(bytes.readableBytes() + more, null);
    }

    /** Of the whole message; of its header while that is not complete. */
    private static int lengthOf(ByteBuf message) {
        if (message.readableBytes() < MESSAGE_HEADER_BYTES) {
            return MESSAGE_HEADER_BYTES;
        }
        int length = MESSAGE_HEADER_BYTES + message.getUnsignedMedium(1);
        return message.getByte(0) == CLIENT_HELLO && length <= MESSAGE_BYTES_MAX
                ? length
                : MESSAGE_HEADER_BYTES;
    }

    private static @Nullable String find(ByteBuf hello) {
        hello.skipBytes(VERSION_AND_RANDOM_BYTES);
        hello.skipBytes(hello.readUnsignedByte()); // the session's id
        hello.skipBytes(hello.readUnsignedShort()); // cipher suites
        hello.skipBytes(hello.readUnsignedByte()); // compression methods
        if (!hello.isReadable()) {
            return null;
        }
        ByteBuf extensions = hello.readSlice(hello.readUnsignedShort());
        while (extensions.isReadable()) {
            int type = extensions.readUnsignedShort();
            ByteBuf content = extensions.readSlice(extensions.readUnsignedShort());
            if (type == SERVER_NAME_EXTENSION && content.isReadable()) {
                return hostName(content.readSlice(content.readUnsignedShort()));
            }
        }
        return null;
    }

    private static @Nullable String hostName(ByteBuf names) {
        while (names.isReadable()) {
            int type = names.readUnsignedByte();
            ByteBuf name = names.readSlice(names.readUnsignedShort());
            if (type == HOST_NAME) {
                return normal(name.toString(StandardCharsets.US_ASCII));
            }
        }
        return null;
    }

    private static @Nullable String normal(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        String bare = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
        return bare.isEmpty() ? null : bare;
    }
}
