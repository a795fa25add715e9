// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.cli;

import io.uringreactive.Connection;
import java.util.function.Function;
import org.reactivestreams.Publisher;

/** What {@code uring serve} can serve: a handler and the words that its reader needs. */
enum Program {
    STUDY("http://", Study::handle),
    ECHO("", Echo::handle),
    CHAT("", new Chat()::handle);

    private final String scheme;
    private final Function<Connection, Publisher<Void>> handler;

    Program(String scheme, Function<Connection, Publisher<Void>> handler) {
        this.scheme = scheme;
        this.handler = handler;
    }

    Function<Connection, Publisher<Void>> handler() {
        return handler;
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
            case ECHO -> "try: nc " + host + " " + port;
            case CHAT -> "try, in two terminals: nc " + host + " " + port;
        };
    }

    /** As typed on the command line. */
    @Override
    public String toString() {
        return switch (this) {
            case STUDY -> "study";
            case ECHO -> "echo";
            case CHAT -> "chat";
        };
    }
}
