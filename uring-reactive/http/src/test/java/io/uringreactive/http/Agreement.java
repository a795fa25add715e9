// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * That everybody reads the same bytes as the same requests: what this server's handlers are given,
 * Netty's decoder and Jetty's parser have to read likewise, each at its strictest and at its most
 * lenient. What this server refuses the others may take.
 */
final class Agreement {
    /** Somebody who reads the bytes of a connection. */
    interface Reader {
        Reading read(byte[] bytes);
    }

    private static final Pattern DATE = Pattern.compile("date: [^\r]*");

    private final byte[] bytes;
    private final ServerReader server;
    private final ServerReader.Outcome whole;

    private Agreement(byte[] bytes) {
        this.bytes = bytes;
        this.server = new ServerReader(bytes);
        this.whole = server.read(0);
    }

    /**
     * Reads {@code bytes} with all of them; the server gets them whole, and once more in two
     * pieces, the first of {@code cut} bytes.
     *
     * @return how many requests the server's handlers were given
     * @throws AssertionError with the bytes and what was made of them
     */
    static int check(byte[] bytes, int cut) {
        Agreement agreement = new Agreement(bytes);
        agreement.requireOrder();
        agreement.requireSameCut(cut);
        return agreement.requireOthers();
    }

    /** The same at {@code count} cuts, or at every one. */
    static void checkCuts(byte[] bytes, int count) {
        Agreement agreement = new Agreement(bytes);
        agreement.requireOrder();
        int step = Math.max(1, bytes.length / count);
        for (int cut = 1; cut < bytes.length; cut += step) {
            agreement.requireSameCut(cut);
        }
        agreement.requireOthers();
    }

    /** The same with another one than Netty and Jetty. */
    static void checkWith(Reader other, byte[] bytes) {
        new Agreement(bytes).compare("another", other);
    }

    private int requireOthers() {
        int count = whole.reading().requests.size();
        if (count > 0) {
            compare("Netty, strict", in -> NettyReader.read(NettyReader.STRICT, in));
            compare("Netty, lenient", in -> NettyReader.read(NettyReader.LENIENT, in));
            compare("Jetty, strict", in -> JettyReader.read(JettyReader.STRICT, in));
            compare("Jetty, lenient", in -> JettyReader.read(JettyReader.LENIENT, in));
        }
        return count;
    }

    private void requireSameCut(int cut) {
        ServerReader.Outcome pieces = server.read(cut);
        boolean same =
                whole.reading().toString().equals(pieces.reading().toString())
                        && whole.closed() == pieces.closed()
                        && (whole.answers().equals(pieces.answers())
                                || undated(whole.answers()).equals(undated(pieces.answers())));
        if (!same) {
            throw finding("a cut after " + cut + " bytes changes what is read", pieces);
        }
    }

    private static String undated(String answers) {
        return DATE.matcher(answers).replaceAll("date: now");
    }

    /** The server itself: its codec reads the requests that its check has seen, and no others. */
    private void requireOrder() {
        boolean refused =
                whole.answers().contains(HttpViolation.UNREADABLE.toString())
                        || (whole.violation() == null && whole.answers().contains("HTTP/1.1 4"));
        if (refused) {
            throw finding("the codec refuses what the check has let through", "");
        }
        if (!whole.isInStep()) {
            throw finding("the codec and the check see different ends", "");
        }
    }

    private void compare(String name, Reader reader) {
        Reading other = reader.read(bytes);
        List<ReadRequest> requests = whole.reading().requests;
        for (int i = 0; i < requests.size(); i++) {
            if (i >= other.requests.size()) {
                throw finding(name + ": a request is missing", other);
            }
            String what = difference(requests.get(i), other.requests.get(i));
            if (what != null) {
                throw finding(name + ": " + what + " differs", other);
            }
        }
        // A connection that goes on waits for more, where the other one must wait too. In a head
        // that is not all there, and not taken yet, the other may see sooner that it is wrong.
        boolean more = other.requests.size() > requests.size();
        boolean refused = other.refusal() != null && !whole.inHead();
        if (!whole.closed() && (more || refused)) {
            throw finding(name + ": does not wait where the server does", other);
        }
    }

    private @Nullable String difference(ReadRequest ours, ReadRequest other) {
        if (!ours.head().equals(other.head())) {
            return "the head";
        }
        if (ours.isComplete()) {
            boolean sameBody = ours.body.compareTo(other.body) == 0;
            return sameBody && ours.end() == other.end() && ours.trailers.equals(other.trailers)
                    ? null
                    : "the body";
        }
        String one = ours.body.toString();
        String two = other.body.toString();
        boolean apart = !one.startsWith(two) && !two.startsWith(one);
        boolean endsEarly = !whole.closed() && other.isComplete();
        return apart || endsEarly ? "the unfinished body" : null;
    }

    private AssertionError finding(String what, Object other) {
        return new AssertionError(
                String.format(
                        "%s%n  %s%n  server: %s%n  other: %s",
                        what, WireText.of(bytes), whole, other));
    }
}
