// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.catalog;

import static io.uringreactive.bench.lab.plan.Kind.BASELINE;
import static io.uringreactive.bench.lab.plan.Kind.FLOOR;
import static io.uringreactive.bench.lab.plan.Kind.PEER;
import static io.uringreactive.bench.lab.plan.Kind.SUBJECT;

import io.uringreactive.bench.lab.plan.Contestant;
import java.util.List;

/** Servers that send as many bytes as the line asks for that a client sends. */
final class StreamContestants {
    static final List<Contestant> ALL =
            List.of(
                    new Contestant("uring", "uring", SUBJECT, Programs.serve("stream", "uring")),
                    new Contestant(
                            "epoll", "uring on epoll", BASELINE, Programs.serve("stream", "epoll")),
                    new Contestant(
                            "reactor-netty-epoll",
                            "reactor-netty, epoll",
                            PEER,
                            Programs.peer(
                                            "ReactorNettyStream",
                                            "EpollServerSocketChannel",
                                            "{port}")
                                    .without("io_uring")),
                    new Contestant(
                            "reactor-netty-uring",
                            "reactor-netty, io_uring",
                            PEER,
                            Programs.peer(
                                    "ReactorNettyStream", "IoUringServerSocketChannel", "{port}")),
                    netty("netty-epoll", "Netty, epoll", "EPOLL"),
                    netty("netty-uring", "Netty, io_uring", "IO_URING"),
                    new Contestant(
                            "c-uring",
                            "C, io_uring",
                            FLOOR,
                            Programs.c("stream", "uring", "{port}")),
                    new Contestant(
                            "c-epoll", "C, epoll", FLOOR, Programs.c("stream", "epoll", "{port}")));

    private static Contestant netty(String name, String title, String transport) {
        return new Contestant(
                name,
                title,
                PEER,
                Programs.peer("NettyStream", transport + ",", "{port}", transport));
    }

    private StreamContestants() {}
}
