// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;

/**
 * Requests that are nearly in order, put together from pieces. Each byte of the input is one
 * choice, so that who changes a byte of it changes one piece of a request; where the input ends,
 * every choice is the first, which is mostly the right one. A choice byte of {@value #ODD} and
 * above puts something odd there instead.
 */
final class RequestPieces {
    private static final int ODD = 0xf0;
    private static final int PIPELINED_MAX = 4;
    private static final int FIELDS_MAX = 6;

    private final byte[] choices;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int at;

    private RequestPieces(byte[] choices, int from) {
        this.choices = choices;
        this.at = from;
    }

    /** The bytes of the requests that the choices from {@code from} on make. */
    static byte[] bytes(byte[] choices, int from) {
        RequestPieces pieces = new RequestPieces(choices, from);
        int requests = 0;
        do {
            pieces.request();
            requests++;
        } while (requests < PIPELINED_MAX && pieces.at < choices.length);
        return pieces.out.toByteArray();
    }

    private int choice() {
        return at < choices.length ? choices[at++] & 0xff : 0;
    }

    private void add(String text) {
        out.writeBytes(text.getBytes(ISO_8859_1));
    }

    /** One of {@code pieces}, or something odd before, behind or instead of it. */
    private void one(String... pieces) {
        int choice = choice();
        if (choice < ODD) {
            add(pieces[choice % pieces.length]);
            return;
        }
        String odd = Vocabulary.ODDITIES[choice() % Vocabulary.ODDITIES.length];
        String piece = pieces[choice() % pieces.length];
        switch (choice % 4) {
            case 0 -> add(odd + piece);
            case 1 -> add(piece + odd);
            case 2 -> add(odd);
            default -> {
                int middle = piece.length() / 2;
                add(piece.substring(0, middle) + odd + piece.substring(middle));
            }
        }
    }

    private void request() {
        int shape = choice();
        if (shape % 8 == 7) {
            add("\r\n");
        }
        one(Vocabulary.METHODS);
        add(" ");
        one(Vocabulary.TARGETS);
        add(" ");
        one(Vocabulary.VERSIONS);
        one(Vocabulary.ENDS);
        if (shape / 8 % 8 != 7) {
            field("Host", Vocabulary.HOSTS);
        }
        for (int fields = choice() % FIELDS_MAX; fields > 0; fields--) {
            one(Vocabulary.NAMES);
            add(":");
            one(Vocabulary.SPACES);
            one(Vocabulary.VALUES);
            one(Vocabulary.SPACES[1], Vocabulary.SPACES[0], Vocabulary.SPACES[2]);
            one(Vocabulary.ENDS);
        }
        switch (shape / 64) {
            case 0 -> one(Vocabulary.ENDS);
            case 1 -> {
                field("Content-Length", Vocabulary.LENGTHS);
                one(Vocabulary.ENDS);
                one(Vocabulary.CONTENTS);
            }
            case 2 -> chunked();
            default -> {
                field("Content-Length", Vocabulary.LENGTHS);
                chunked();
            }
        }
    }

    private void field(String name, String... values) {
        one(name, name.toLowerCase(java.util.Locale.ROOT));
        add(":");
        one(Vocabulary.SPACES);
        one(values);
        one(Vocabulary.ENDS);
    }

    private void chunked() {
        field("Transfer-Encoding", Vocabulary.CODINGS);
        one(Vocabulary.ENDS);
        for (int chunks = choice() % 4; chunks > 0; chunks--) {
            one(Vocabulary.SIZES);
            one(Vocabulary.EXTENSIONS);
            one(Vocabulary.ENDS);
            one(Vocabulary.CONTENTS);
            one(Vocabulary.ENDS);
        }
        one("0", "00", "0000000000000000");
        one(Vocabulary.EXTENSIONS);
        one(Vocabulary.ENDS);
        for (int trailers = choice() % 3; trailers > 0; trailers--) {
            one(Vocabulary.NAMES);
            add(":");
            one(Vocabulary.SPACES);
            one(Vocabulary.VALUES);
            one(Vocabulary.ENDS);
        }
        one(Vocabulary.ENDS);
    }
}
