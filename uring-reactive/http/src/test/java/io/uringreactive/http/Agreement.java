// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * That everybody reads the same bytes as the same requests: what this server's handlers are given,
 * Netty's decoder and Jetty's parser have to read likewise, each at its strictest and at its most
 * lenient. What this server refuses the others may take.
 */
final class Agreement {
    private static final Pattern DATE = Pattern.compile("date: [^\r]*");

    /** What is named in {@link WireText} form, for a report that can be fed in again. */
    private final byte[] bytes;

    private final int cut;

    private Agreement(byte[] bytes, int cut) {
        this.bytes = bytes;
        this.cut = cut;
    }

    /**
     * Reads {@code bytes} with all of them; the server gets them whole, and once more in two
     * pieces.
     *
     * @return how many requests the server's handlers were given
     * @throws AssertionError with the bytes and what was made of them
     */
    static int check(byte[] bytes, int cut) {
        return new Agreement(bytes, cut).run();
    }

    private int run() {
        ServerReader.Outcome whole = ServerReader.read(bytes, 0);
        ServerReader.Outcome pieces = ServerReader.read(bytes, cut);
        requireSame("the cut", whole, pieces);
        requireOrder(whole);
        if (!whole.reading().requests.isEmpty()) {
            compare(whole, "Netty, strict", NettyReader.read(NettyReader.STRICT, bytes));
            compare(whole, "Netty, lenient", NettyReader.read(NettyReader.LENIENT, bytes));
            compare(whole, "Jetty, strict", JettyReader.read(JettyReader.STRICT, bytes));
            compare(whole, "Jetty, lenient", JettyReader.read(JettyReader.LENIENT, bytes));
        }
        return whole.reading().requests.size();
    }

    private void requireSame(String what, ServerReader.Outcome one, ServerReader.Outcome other) {
        boolean same =
                one.reading().toString().equals(other.reading().toString())
                        && one.closed() == other.closed()
                        && (one.answers().equals(other.answers())
                                || undated(one.answers()).equals(undated(other.answers())));
        if (!same) {
            throw finding(what + " changes what is read", one, other + " after " + cut + " bytes");
        }
    }

    private static String undated(String answers) {
        return DATE.matcher(answers).replaceAll("date: now");
    }

    /** The server itself: its codec reads the requests that its check has seen, and no others. */
    private void requireOrder(ServerReader.Outcome server) {
        List<ReadRequest> requests = server.reading().requests;
        long complete = requests.stream().filter(ReadRequest::isComplete).count();
        if (requests.stream().anyMatch(request -> request.end() == Integer.MAX_VALUE)) {
            throw finding("the codec reads a request that the check has not seen", server, "");
        }
        if (!server.closed() && (server.violation() != null || complete < server.ends())) {
            throw finding("the codec waits where the check has seen an end", server, "");
        }
        if (server.answers().contains(HttpViolation.UNREADABLE.toString())
                || (server.violation() == null && server.answers().contains("HTTP/1.1 4"))) {
            throw finding("the codec refuses what the check has let through", server, "");
        }
    }

    private void compare(ServerReader.Outcome server, String name, Reading other) {
        List<ReadRequest> requests = server.reading().requests;
        for (int i = 0; i < requests.size(); i++) {
            if (i >= other.requests.size()) {
                throw finding(name + ": a request is missing", server, other);
            }
            String why = difference(requests.get(i), other.requests.get(i), server);
            if (why != null) {
                throw finding(name + ": " + why + " differs", server, other);
            }
        }
        // A connection that goes on waits for more, where the other one must wait too.
        if (!server.closed()
                && (other.requests.size() > requests.size() || other.refusal() != null)) {
            throw finding(name + ": goes on where the server waits", server, other);
        }
    }

    private static @Nullable String difference(
            ReadRequest ours, ReadRequest other, ServerReader.Outcome server) {
        if (!ours.head().equals(other.head())) {
            return "the head";
        }
        if (ours.isComplete()) {
            boolean sameBody = ours.body.compareTo(other.body) == 0;
            return sameBody && ours.end() == other.end() && ours.trailers.equals(other.trailers)
                    ? null
                    : "the body";
        }
        boolean waits = !server.closed();
        boolean prefix =
                ours.body.length() <= other.body.length()
                        ? other.body.toString().startsWith(ours.body.toString())
                        : ours.body.toString().startsWith(other.body.toString());
        return prefix && !(waits && other.isComplete()) ? null : "the unfinished body";
    }

    private AssertionError finding(String what, ServerReader.Outcome server, Object other) {
        return new AssertionError(
                String.format(
                        Locale.ROOT,
                        "%s%n  %s%n  server: %s%n  other: %s",
                        what,
                        WireText.of(bytes),
                        server,
                        other));
    }
}
