// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.catalog;

import static io.uringreactive.bench.lab.plan.Kind.PEER;

import io.uringreactive.bench.lab.plan.Contestant;
import io.uringreactive.bench.lab.plan.Launch;
import io.uringreactive.bench.lab.process.Tool;
import java.util.List;

/** Servers that answer {@code GET /} with status 200 and {@link #BODY}. */
final class HttpContestants {
    static final String BODY = "Hello, World!";

    static final Contestant URING = Entrants.uring(Programs.serve("http", "uring"));
    static final Contestant EPOLL = Entrants.epoll(Programs.serve("http", "epoll"));
    static final Contestant REACTOR_NETTY_EPOLL =
            Entrants.reactorNettyEpoll(HttpContestants::reactorNetty);
    static final Contestant REACTOR_NETTY_URING =
            Entrants.reactorNettyUring(HttpContestants::reactorNetty);
    static final Contestant NETTY_EPOLL = Entrants.nettyEpoll("NettyHttp");
    static final Contestant NETTY_URING = Entrants.nettyUring("NettyHttp");
    static final Contestant NETTY_URING_BUFFERS = Entrants.nettyUringBuffers("NettyHttp");
    static final Contestant VERTX =
            new Contestant(
                    "vertx", "Vert.x, epoll", PEER, Programs.peer("VertxHttp", "Vert.x", "{port}"));
    static final Contestant HELIDON =
            new Contestant(
                    "helidon",
                    "Helidon, virtual threads",
                    PEER,
                    Programs.peer("HelidonHttp", "Helidon", "{port}"));
    static final Contestant NGINX =
            new Contestant(
                    "nginx",
                    "nginx",
                    PEER,
                    new Launch.Installed(
                            new Tool("nginx", "nginx-light", "-v"),
                            List.of("-p", "{folder}", "-c", "{folder}/configuration"),
                            """
                            daemon off;
                            pid {folder}/pid;
                            error_log stderr;
                            worker_processes {rings};
                            events { worker_connections 20000; }
                            http {
                                access_log off;
                                keepalive_requests 1000000000;
                                server {
                                    listen 127.0.0.1:{port} backlog=4096;
                                    default_type text/plain;
                                    location / { return 200 'Hello, World!'; }
                                }
                            }
                            """));

    static final Contestant C_URING = Entrants.cUring("http_uring", "{port}");
    static final Contestant C_EPOLL = Entrants.cEpoll("epoll", "http", "{port}");

    static final List<Contestant> ALL =
            List.of(
                    URING,
                    EPOLL,
                    REACTOR_NETTY_EPOLL,
                    REACTOR_NETTY_URING,
                    NETTY_EPOLL,
                    NETTY_URING,
                    NETTY_URING_BUFFERS,
                    VERTX,
                    HELIDON,
                    NGINX,
                    C_URING,
                    C_EPOLL);

    /**
     * Those that close a connection after one request. Without Helidon, which has no HTTP/1.0;
     * those in C are told to.
     */
    static final List<Contestant> CLOSING =
            List.of(
                    URING,
                    EPOLL,
                    REACTOR_NETTY_EPOLL,
                    REACTOR_NETTY_URING,
                    NETTY_EPOLL,
                    NETTY_URING,
                    NETTY_URING_BUFFERS,
                    VERTX,
                    NGINX,
                    Entrants.cUring("http_uring", "{port}", "close"),
                    Entrants.cEpoll("epoll", "http-close", "{port}"));

    /**
     * All of them, Java's with a heap that is resident in full from the start: that of it which is
     * touched while connections come is mostly garbage, and how much depends on its size.
     */
    static final List<Contestant> HOLDING =
            ALL.stream().map(HttpContestants::withHeapTouched).toList();

    /**
     * Those that open-loop runs compare: with a generator that starts anew each time, all take
     * long.
     */
    static final List<Contestant> PACED =
            List.of(URING, EPOLL, REACTOR_NETTY_EPOLL, REACTOR_NETTY_URING, NETTY_EPOLL, NGINX);

    private static Contestant withHeapTouched(Contestant contestant) {
        return contestant.launch() instanceof Launch.Java java
                ? new Contestant(
                        contestant.name(),
                        contestant.title(),
                        contestant.kind(),
                        java.with("-Xms1g", "-XX:+AlwaysPreTouch"))
                : contestant;
    }

    private static Launch.Java reactorNetty(String channel) {
        return Programs.peer("ReactorNettyHttp", channel, "{port}", "{folder}/file");
    }

    private HttpContestants() {}
}
