// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.generator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;

/**
 * {@code GET /} on a connection that stays; each reply must have status 200 and the body wanted.
 */
final class HttpExchange implements Exchange {
    private static final int HEAD_BYTES_MAX = 8192;
    private static final String STATUS = "HTTP/1.1 200 ";
    private static final String LENGTH = "\r\ncontent-length:";
    private static final String HEAD_END = "\r\n\r\n";

    private final ByteBuffer request;
    private final byte[] body;

    /** As much of the reply as there is. */
    private final byte[] reply;

    private int replyBytes;

    /** Of the head with its empty line; 0 until it is complete. */
    private int headBytes;

    HttpExchange(String host, String body) {
        byte[] text = "GET / HTTP/1.1\r\nHost: %s\r\n\r\n".formatted(host).getBytes(ISO_8859_1);
        request = ByteBuffer.allocateDirect(text.length).put(text);
        this.body = body.getBytes(ISO_8859_1);
        reply = new byte[HEAD_BYTES_MAX + this.body.length];
    }

    @Override
    public ByteBuffer request() {
        replyBytes = 0;
        headBytes = 0;
        return request.clear();
    }

    @Override
    public boolean received(ByteBuffer bytes) throws IOException {
        int count = bytes.remaining();
        if (count > reply.length - replyBytes) {
            throw new IOException("more bytes than a reply may have");
        }
        bytes.get(reply, replyBytes, count);
        int searched = Math.max(0, replyBytes - HEAD_END.length());
        replyBytes += count;
        if (headBytes == 0) {
            headBytes = headEnd(searched);
            if (headBytes == 0) {
                return false;
            }
            checkHead();
        }
        if (replyBytes < headBytes + body.length) {
            return false;
        }
        checkBody();
        return true;
    }

    private int headEnd(int from) {
        for (int i = from; i + 3 < replyBytes; i++) {
            if (reply[i] == '\r'
                    && reply[i + 1] == '\n'
                    && reply[i + 2] == '\r'
                    && reply[i + 3] == '\n') {
                return i + HEAD_END.length();
            }
        }
        return 0;
    }

    private void checkHead() throws IOException {
        String head = new String(reply, 0, headBytes, ISO_8859_1);
        String lower = head.toLowerCase(Locale.ROOT);
        int length = lower.indexOf(LENGTH);
        int end = length < 0 ? -1 : lower.indexOf("\r\n", length + LENGTH.length());
        if (!head.startsWith(STATUS)
                || length < 0
                || !lower.substring(length + LENGTH.length(), end)
                        .strip()
                        .equals(Integer.toString(body.length))) {
            throw new IOException("not the reply that is wanted: " + head);
        }
    }

    private void checkBody() throws IOException {
        if (replyBytes > headBytes + body.length) {
            throw new IOException("bytes behind the reply");
        }
        for (int i = 0; i < body.length; i++) {
            if (reply[headBytes + i] != body[i]) {
                throw new IOException("another body than the one that is wanted");
            }
        }
    }
}
