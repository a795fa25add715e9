// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpCompliance.Violation;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/** How Jetty's parser reads the bytes of a connection. */
final class JettyReader implements HttpParser.RequestHandler {
    /**
     * RFC 9110, but with values in the letters that they came in: without it Jetty replaces some by
     * those of its cache, which mean the same.
     */
    static final HttpCompliance STRICT =
            HttpCompliance.RFC9110.with("RFC9110 as sent", Violation.CASE_SENSITIVE_FIELD_NAME);

    /**
     * What reads the most. But methods keep their letters: in this mode Jetty takes {@code get} for
     * GET, where they are different methods (RFC 9110, 9.1).
     */
    static final HttpCompliance LENIENT =
            HttpCompliance.LEGACY
                    .with("LEGACY as sent", Violation.values())
                    .without("LEGACY as sent", Violation.CASE_INSENSITIVE_METHOD);

    private static final Logger LOG = Logger.getLogger("org.eclipse.jetty");

    static {
        // A line for each request that is refused.
        LOG.setLevel(Level.OFF);
    }

    private final Reading reading = new Reading();
    private @Nullable ReadRequest head;
    private boolean ended;

    private JettyReader() {}

    static Reading read(HttpCompliance compliance, byte[] bytes) {
        JettyReader reader = new JettyReader();
        // No limit of its own: limits are everybody's own.
        HttpParser parser = new HttpParser(reader, -1, compliance);
        parser.setHeaderCacheCaseSensitive(true);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        boolean goesOn = true;
        while (goesOn && reader.reading.refusal() == null) {
            int before = in.position();
            reader.ended = false;
            boolean stopped = parser.parseNext(in);
            if (reader.ended) {
                reader.reading.last().end(in.position());
                parser.reset();
            }
            goesOn = stopped || in.position() > before;
        }
        return reader.reading;
    }

    @Override
    public void startRequest(String method, String uri, HttpVersion version) {
        head = new ReadRequest(method, uri, version.asString());
    }

    @Override
    public void parsedHeader(HttpField field) {
        Objects.requireNonNull(head).field(field.getName(), value(field));
    }

    /**
     * White space before it is no part of it (RFC 9112, 5.1), but stays where Jetty has had the
     * field without a value before: it takes that one from its cache, and appends what follows.
     */
    private static String value(HttpField field) {
        String value = Objects.requireNonNullElse(field.getValue(), "");
        int from = 0;
        while (from < value.length() && (value.charAt(from) == ' ' || value.charAt(from) == '\t')) {
            from++;
        }
        return value.substring(from);
    }

    @Override
    public boolean headerComplete() {
        reading.requests.add(Objects.requireNonNull(head));
        return false;
    }

    @Override
    public boolean content(ByteBuffer content) {
        byte[] bytes = new byte[content.remaining()];
        content.get(bytes);
        reading.last().content(bytes);
        return false;
    }

    @Override
    public boolean contentComplete() {
        return false;
    }

    @Override
    public void parsedTrailer(HttpField field) {
        reading.last().trailer(field.getName(), value(field));
    }

    @Override
    public boolean messageComplete() {
        ended = true;
        return true;
    }

    @Override
    public void earlyEOF() {
        reading.refuse("refused: the content");
    }

    @Override
    public void badMessage(HttpException failure) {
        reading.refuse("refused: " + failure.getReason());
    }
}
