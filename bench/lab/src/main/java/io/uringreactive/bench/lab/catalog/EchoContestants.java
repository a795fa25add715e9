// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.catalog;

import io.uringreactive.bench.lab.plan.Contestant;
import io.uringreactive.bench.lab.plan.Launch;
import java.util.List;

/** Servers that send back what they receive. */
final class EchoContestants {
    static final Contestant URING = Entrants.uring(Programs.serve("echo", "uring"));

    static final List<Contestant> ALL =
            List.of(
                    URING,
                    Entrants.epoll(Programs.serve("echo", "epoll")),
                    Entrants.reactorNettyEpoll(EchoContestants::reactorNetty),
                    Entrants.reactorNettyUring(EchoContestants::reactorNetty),
                    Entrants.nettyEpoll("NettyEcho"),
                    Entrants.nettyUring("NettyEcho"),
                    Entrants.cUring("echo_uring", "{port}"),
                    Entrants.cEpoll("epoll", "echo", "{port}"));

    private static Launch.Java reactorNetty(String channel) {
        return Programs.peer("ReactorNettyEcho", channel, "{port}");
    }

    private EchoContestants() {}
}
