// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/**
 * What Jazzer calls: bench/fuzz.sh. The lowest bit of an input's first byte says whether the rest
 * is what a client sends or the choices of {@link RequestPieces}, the next one whether a long
 * request goes before it; the two bytes behind it say where what is sent is cut in two.
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
        byte[] bytes =
                (input[0] & 1) == 0
                        ? Arrays.copyOfRange(input, HEAD, input.length)
                        : RequestPieces.bytes(input, HEAD);
        return (input[0] & 2) == 0 ? bytes : behindLong(bytes, input[0] & 0xfc);
    }

    /** Behind a request that fills all but {@code left} bytes of {@link HeadReader#COPY_MAX}. */
    private static byte[] behindLong(byte[] bytes, int left) {
        String head = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: %04d\r\n\r\n";
        int length = HeadReader.COPY_MAX - left - String.format(head, 0).length();
        String before = String.format(head, length) + "x".repeat(length);
        byte[] both = Arrays.copyOf(before.getBytes(US_ASCII), before.length() + bytes.length);
        System.arraycopy(bytes, 0, both, before.length(), bytes.length);
        return both;
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
