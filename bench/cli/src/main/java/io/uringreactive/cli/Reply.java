// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;

/**
 * What the study's server can answer, encoded once. Each reply stands {@link #RUN_MAX} times in a
 * row in memory of its own, so that the replies to a run of pipelined requests are one slice of it:
 * no byte is copied, and no reference count is shared between rings.
 */
enum Reply {
    OK("200 OK", "", "Hello from uring-reactive\n"),
    OK_KEEP_ALIVE("200 OK", "Connection: keep-alive\r\n", "Hello from uring-reactive\n"),
    OK_CLOSE("200 OK", "Connection: close\r\n", "Hello from uring-reactive\n"),
    HEAD(OK),
    HEAD_KEEP_ALIVE(OK_KEEP_ALIVE),
    HEAD_CLOSE(OK_CLOSE),
    MALFORMED("400 Bad Request", "Connection: close\r\n", "Not an HTTP/1.1 request\n"),
    TOO_LARGE(
            "431 Request Header Fields Too Large",
            "Connection: close\r\n",
            "The request's head is above 8 KiB\n");

    private static final int RUN_MAX = 32;

    private final byte[] encoded;
    private final ByteBuf run;

    Reply(String status, String connection, String body) {
        this(
                "HTTP/1.1 %s\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n%s\r\n%s"
                        .formatted(status, body.length(), connection, body));
    }

    /** The answer to HEAD: the same head, without the body. */
    Reply(Reply full) {
        this(full.text().substring(0, full.text().indexOf("\r\n\r\n") + 4));
    }

    Reply(String text) {
        encoded = text.getBytes(US_ASCII);
        ByteBuffer memory = ByteBuffer.allocateDirect(RUN_MAX * encoded.length);
        while (memory.hasRemaining()) {
            memory.put(encoded);
        }
        run = Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(memory.flip()));
    }

    /** What to say to the scanner's finding, which is not {@code NOTHING}. */
    static Reply to(RequestScanner.Found found, RequestScanner request) {
        return switch (found) {
            case MALFORMED -> MALFORMED;
            case TOO_LARGE -> TOO_LARGE;
            default -> {
                if (!request.keepAlive()) {
                    yield request.isHead() ? HEAD_CLOSE : OK_CLOSE;
                }
                if (request.isHttp10()) {
                    yield request.isHead() ? HEAD_KEEP_ALIVE : OK_KEEP_ALIVE;
                }
                yield request.isHead() ? HEAD : OK;
            }
        };
    }

    /** Whether the connection ends with it. */
    boolean closes() {
        return switch (this) {
            case OK, OK_KEEP_ALIVE, HEAD, HEAD_KEEP_ALIVE -> false;
            case OK_CLOSE, HEAD_CLOSE, MALFORMED, TOO_LARGE -> true;
        };
    }

    /** The reply that often, for the receiver to release. */
    ByteBuf times(int count) {
        if (count <= RUN_MAX) {
            return run.slice(0, count * encoded.length);
        }
        ByteBuf copies = Unpooled.directBuffer(count * encoded.length);
        appendTo(copies, count);
        return copies;
    }

    void appendTo(ByteBuf out, int count) {
        for (int i = 0; i < count; i++) {
            out.writeBytes(encoded);
        }
    }

    String text() {
        return new String(encoded, US_ASCII);
    }
}
