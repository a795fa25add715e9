// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test.contract;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.Random;

/**
 * An endless stream of bytes, known at every place: what is lost, doubled or out of order shows.
 */
final class Sequence {
    /** A prime, so that no power of two lines up with the repetition. */
    private static final int PERIOD = 250_007;

    private static final byte[] TABLE = table();

    private static byte[] table() {
        byte[] table = new byte[2 * PERIOD];
        byte[] period = new byte[PERIOD];
        new Random(1).nextBytes(period);
        System.arraycopy(period, 0, table, 0, PERIOD);
        System.arraycopy(period, 0, table, PERIOD, PERIOD);
        return table;
    }

    /** The {@code count} bytes from place {@code from} on, at most a period. */
    static byte[] bytes(long from, int count) {
        int start = (int) (from % PERIOD);
        return Arrays.copyOfRange(TABLE, start, start + count);
    }

    /** Where {@code data}, which stays unread, differs from place {@code from} on; or -1. */
    static int mismatch(long from, ByteBuf data) {
        byte[] copy = new byte[data.readableBytes()];
        data.getBytes(data.readerIndex(), copy);
        int start = (int) (from % PERIOD);
        return Arrays.mismatch(copy, 0, copy.length, TABLE, start, start + copy.length);
    }

    private Sequence() {}
}
