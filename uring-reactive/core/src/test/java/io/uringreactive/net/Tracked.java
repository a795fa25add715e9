// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Buffers of {@link Sequence} to be sent, remembered to see that each is released in the end. */
final class Tracked {
    private final Queue<ByteBuf> made = new ConcurrentLinkedQueue<>();
    private long at;

    /** The next {@code bytes} of the sequence, in native memory. */
    ByteBuf next(int bytes) {
        ByteBuf buffer = add(Unpooled.directBuffer(bytes).writeBytes(Sequence.bytes(at, bytes)));
        at += bytes;
        return buffer;
    }

    ByteBuf add(ByteBuf buffer) {
        made.add(buffer);
        return buffer;
    }

    int count() {
        return made.size();
    }

    void expectAllReleased() {
        Await.until(
                () -> made.stream().filter(b -> b.refCnt() > 0).count() + " are not released",
                () -> made.stream().allMatch(b -> b.refCnt() == 0));
        assertEquals(0, made.stream().mapToInt(ByteBuf::refCnt).sum());
    }
}
