// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.cli;

import io.uringreactive.Connection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/** What {@code uring serve} can serve: a handler and the words that its reader needs. */
enum Program {
    STUDY("http://", keys -> Study::handle),
    HTTP("http://", keys -> Web.handler(Path.of(System.getProperty("java.home"), "release"))),
    ECHO("", keys -> Echo::handle),
    TLS_ECHO("", keys -> TlsEcho.handler(keys.file(), keys.protocol())),
    CHAT("", keys -> new Chat()::handle);

    /** What {@link #TLS_ECHO} is told on the command line. */
    record Keys(@Nullable Path file, @Nullable String protocol) {
        static final Keys NONE = new Keys(null, null);
    }

    /** Makes a handler, which may read a key first. */
    private interface Source {
        Function<Connection, Publisher<Void>> handler(Keys keys) throws IOException;
    }

    private final String scheme;
    private final Source source;

    Program(String scheme, Source source) {
        this.scheme = scheme;
        this.source = source;
    }

    Function<Connection, Publisher<Void>> handler(Keys keys) throws IOException {
        return source.handler(keys);
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
                        + "/   and /stream, /sse, /file, or: curl -T FILE -X POST "
                        + url
                        + "/echo";
            }
            case ECHO -> "try: nc " + host + " " + port;
            case TLS_ECHO -> "try: openssl s_client -connect " + location(host, port);
            case CHAT -> "try, in two terminals: nc " + host + " " + port;
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
        };
    }
}
