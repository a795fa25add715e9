// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.Random;

/**
 * An endless stream of bytes, known at every place: what is lost, doubled or out of order shows.
 */
final class Sequence {
    /** A prime, so that no power of two lines up with the repetition. */
    private static final int PERIOD = 1_000_003;

    private static final byte[] TABLE = table();

    private static byte[] table() {
        byte[] table = new byte[2 * PERIOD];
        byte[] period = new byte[PERIOD];
        new Random(1).nextBytes(period);
        System.arraycopy(period, 0, table, 0, PERIOD);
        System.arraycopy(period, 0, table, PERIOD, PERIOD);
        return table;
    }

    /** The {@code count} bytes from place {@code from} on, at most a million. */
    static byte[] bytes(long from, int count) {
        int start = (int) (from % PERIOD);
        return Arrays.copyOfRange(TABLE, start, start + count);
    }

    /** Asserts that {@code data} is what stands at place {@code from}. */
    static void check(long from, byte[] data, int length) {
        int start = (int) (from % PERIOD);
        int wrong = Arrays.mismatch(data, 0, length, TABLE, start, start + length);
        assertEquals(-1, wrong, () -> "the stream is wrong from byte " + (from + wrong) + " on");
    }

    /** As above, for the readable bytes of {@code data}, which stays unread. */
    static void check(long from, ByteBuf data) {
        byte[] copy = new byte[data.readableBytes()];
        data.getBytes(data.readerIndex(), copy);
        check(from, copy, copy.length);
    }

    private Sequence() {}
}
