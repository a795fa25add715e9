// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.generator;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Messages of one size, no two the same; each must come back as it was. */
final class EchoExchange implements Exchange {
    private final ByteBuffer message;

    private long sequence;
    private int receivedBytes;

    /** {@code seed} tells connections apart. */
    EchoExchange(int bytes, int seed) {
        message = ByteBuffer.allocateDirect(bytes);
        for (int i = 0; i < bytes; i++) {
            message.put(i, (byte) (seed * 131 + i * 7 + (i >> 8)));
        }
    }

    @Override
    public ByteBuffer request() {
        sequence++;
        for (int i = 0; i < Math.min(Long.BYTES, message.capacity()); i++) {
            message.put(i, (byte) (sequence >>> (8 * i)));
        }
        receivedBytes = 0;
        return message.clear();
    }

    @Override
    public boolean received(ByteBuffer bytes) throws IOException {
        int count = bytes.remaining();
        if (count > message.capacity() - receivedBytes) {
            throw new IOException("more bytes than were sent");
        }
        if (!message.slice(receivedBytes, count).equals(bytes)) {
            throw new IOException("the reply differs from the message");
        }
        bytes.position(bytes.limit());
        receivedBytes += count;
        return receivedBytes == message.capacity();
    }
}
