// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/**
 * Bytes of requests as one line of ASCII that shows what they are: printable ones stand for
 * themselves, the others are {@code \r}, {@code \n}, {@code \t}, {@code \\} and {@code \xHH}.
 */
final class WireText {
    static String of(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length + 16);
        for (byte b : bytes) {
            switch (b) {
                case '\r' -> text.append("\\r");
                case '\n' -> text.append("\\n");
                case '\t' -> text.append("\\t");
                case '\\' -> text.append("\\\\");
                default -> {
                    if (b >= ' ' && b < 0x7f) {
                        text.append((char) b);
                    } else {
                        text.append("\\x").append(HexFormat.of().toHexDigits(b));
                    }
                }
            }
        }
        return text.toString();
    }

    /**
     * The bytes that {@code text} stands for.
     *
     * @throws IllegalArgumentException where it is no such text
     */
    static byte[] bytes(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        byte[] in = text.getBytes(ISO_8859_1);
        for (int i = 0; i < in.length; i++) {
            if (in[i] != '\\') {
                bytes.write(in[i]);
                continue;
            }
            i++;
            switch (i < in.length ? in[i] : 0) {
                case 'r' -> bytes.write('\r');
                case 'n' -> bytes.write('\n');
                case 't' -> bytes.write('\t');
                case '\\' -> bytes.write('\\');
                case 'x' -> {
                    bytes.write(HexFormat.fromHexDigits(text, i + 1, i + 3));
                    i += 2;
                }
                default -> throw new IllegalArgumentException("at " + i + ": " + text);
            }
        }
        return bytes.toByteArray();
    }

    private WireText() {}
}
