// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import java.util.Arrays;

/**
 * What Jazzer calls: bench/fuzz.sh. The first byte of an input says whether the rest is what a
 * client sends or the choices of {@link RequestPieces}, the two bytes behind it where what is sent
 * is cut in two.
 */
public final class WireFuzz {
    private static final int HEAD = 3;

    private WireFuzz() {}

    /** One run. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length >= HEAD) {
            byte[] bytes = bytes(input);
            Agreement.check(bytes, cut(input, bytes.length));
        }
    }

    /** What a client sends in the run of {@code input}. */
    static byte[] bytes(byte[] input) {
        return (input[0] & 1) == 0
                ? Arrays.copyOfRange(input, HEAD, input.length)
                : RequestPieces.bytes(input, HEAD);
    }

    /** The input whose run sends {@code bytes}, in halves. */
    static byte[] input(byte[] bytes) {
        byte[] input = new byte[HEAD + bytes.length];
        int half = bytes.length / 2;
        input[1] = (byte) (half >> 8);
        input[2] = (byte) half;
        System.arraycopy(bytes, 0, input, HEAD, bytes.length);
        return input;
    }

    static int cut(byte[] input, int length) {
        return ((input[1] & 0xff) << 8 | (input[2] & 0xff)) % (length + 1);
    }
}
