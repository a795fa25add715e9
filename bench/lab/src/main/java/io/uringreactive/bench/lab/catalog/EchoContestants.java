// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.catalog;

import static io.uringreactive.bench.lab.plan.Kind.BASELINE;
import static io.uringreactive.bench.lab.plan.Kind.FLOOR;
import static io.uringreactive.bench.lab.plan.Kind.PEER;
import static io.uringreactive.bench.lab.plan.Kind.SUBJECT;

import io.uringreactive.bench.lab.plan.Contestant;
import java.util.List;

/** Servers that send back what they receive. */
final class EchoContestants {
    static final Contestant URING =
            new Contestant("uring", "uring", SUBJECT, Programs.serve("echo", "uring"));
    static final Contestant EPOLL =
            new Contestant("epoll", "uring on epoll", BASELINE, Programs.serve("echo", "epoll"));
    static final Contestant C_URING =
            new Contestant("c-uring", "C, io_uring", FLOOR, Programs.c("echo_uring", "{port}"));
    static final Contestant C_EPOLL =
            new Contestant("c-epoll", "C, epoll", FLOOR, Programs.c("epoll", "echo", "{port}"));
    static final Contestant REACTOR_NETTY_EPOLL =
            new Contestant(
                    "reactor-netty-epoll",
                    "reactor-netty, epoll",
                    PEER,
                    Programs.peer("ReactorNettyEcho", "EpollServerSocketChannel", "{port}")
                            .without("io_uring"));
    static final Contestant REACTOR_NETTY_URING =
            new Contestant(
                    "reactor-netty-uring",
                    "reactor-netty, io_uring",
                    PEER,
                    Programs.peer("ReactorNettyEcho", "IoUringServerSocketChannel", "{port}"));
    static final Contestant NETTY_EPOLL = netty("epoll", "Netty, epoll", "EPOLL");
    static final Contestant NETTY_URING = netty("uring", "Netty, io_uring", "IO_URING");

    static final List<Contestant> ALL =
            List.of(
                    URING,
                    EPOLL,
                    REACTOR_NETTY_EPOLL,
                    REACTOR_NETTY_URING,
                    NETTY_EPOLL,
                    NETTY_URING,
                    C_URING,
                    C_EPOLL);

    private static Contestant netty(String name, String title, String transport) {
        return new Contestant(
                "netty-" + name,
                title,
                PEER,
                Programs.peer("NettyEcho", transport + ",", "{port}", transport));
    }

    private EchoContestants() {}
}
