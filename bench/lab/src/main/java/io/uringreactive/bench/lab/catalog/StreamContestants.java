// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.catalog;

import io.uringreactive.bench.lab.plan.Contestant;
import io.uringreactive.bench.lab.plan.Launch;
import java.util.List;

/** Servers that send as many bytes as the line asks for that a client sends. */
final class StreamContestants {
    static final List<Contestant> ALL =
            List.of(
                    Entrants.uring(Programs.serve("stream", "uring")),
                    Entrants.epoll(Programs.serve("stream", "epoll")),
                    Entrants.reactorNettyEpoll(StreamContestants::reactorNetty),
                    Entrants.reactorNettyUring(StreamContestants::reactorNetty),
                    Entrants.nettyEpoll("NettyStream"),
                    Entrants.nettyUring("NettyStream"),
                    Entrants.cUring("stream", "uring", "{port}"),
                    Entrants.cEpoll("stream", "epoll", "{port}"));

    private static Launch.Java reactorNetty(String channel) {
        return Programs.peer("ReactorNettyStream", channel, "{port}");
    }

    private StreamContestants() {}
}
