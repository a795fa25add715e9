// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.cli;

import io.uringreactive.Connection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/** What {@code uring serve} can serve: a handler and the words that its reader needs. */
enum Program {
    STUDY("http://", inputs -> Study::handle),
    HTTP("http://", inputs -> Web.handler(inputs.file(), inputs.deadline())),
    ECHO("", inputs -> Echo::handle),
    TLS_ECHO("", inputs -> TlsEcho.handler(inputs.keyStore(), inputs.tlsProtocol())),
    CHAT("", inputs -> new Chat()::handle),
    STREAM("", inputs -> Streaming::handle);

    /**
     * What a program is told on the command line: the key and the protocol of {@link #TLS_ECHO},
     * the file that {@link #HTTP} sends and how long it bears a slow client.
     */
    record Inputs(
            @Nullable Path keyStore,
            @Nullable String tlsProtocol,
            Path file,
            @Nullable Duration deadline) {
        /** A file that is there wherever Java is. */
        static final Path ANY_FILE = Path.of(System.getProperty("java.home"), "release");

        static final Inputs NONE = new Inputs(null, null, ANY_FILE, null);
    }

    /** Makes a handler, which may read a key first. */
    private interface Source {
        Function<Connection, Publisher<Void>> handler(Inputs inputs) throws IOException;
    }

    private final String scheme;
    private final Source source;

    Program(String scheme, Source source) {
        this.scheme = scheme;
        this.source = source;
    }

    Function<Connection, Publisher<Void>> handler(Inputs inputs) throws IOException {
        return source.handler(inputs);
    }

    /** Where to find it: a URL, or {@code host:port}. */
    String location(String host, int port) {
        return scheme + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /** What to type next. */
    String tryThis(String host, int port) {
        return switch (this) {
            case STUDY -> {
                String url = location(host, port) + "/";
                yield "try: curl -i " + url + "   or: ab -n 10000 -c 50 -k " + url;
            }
            case HTTP -> {
                String url = location(host, port);
                yield "try: curl -i "
                        + url
                        + "/   and /json, /stream, /sse, /file, or: curl -T FILE -X POST "
                        + url
                        + "/echo";
            }
            case ECHO -> "try: nc " + host + " " + port;
            case TLS_ECHO -> "try: openssl s_client -connect " + location(host, port);
            case CHAT -> "try, in two terminals: nc " + host + " " + port;
            case STREAM -> "try: echo 1000000 | nc " + host + " " + port + " | wc -c";
        };
    }

    /** As typed on the command line. */
    @Override
    public String toString() {
        return switch (this) {
            case STUDY -> "study";
            case HTTP -> "http";
            case ECHO -> "echo";
            case TLS_ECHO -> "tls-echo";
            case CHAT -> "chat";
            case STREAM -> "stream";
        };
    }
}
