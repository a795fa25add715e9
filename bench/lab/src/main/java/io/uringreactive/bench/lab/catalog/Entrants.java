// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.catalog;

import static io.uringreactive.bench.lab.plan.Kind.BASELINE;
import static io.uringreactive.bench.lab.plan.Kind.FLOOR;
import static io.uringreactive.bench.lab.plan.Kind.PEER;
import static io.uringreactive.bench.lab.plan.Kind.SUBJECT;

import io.uringreactive.bench.lab.plan.Contestant;
import io.uringreactive.bench.lab.plan.Launch;
import java.util.function.Function;

/** Who takes part in several experiments, by the name and title that they have in each. */
final class Entrants {
    static Contestant uring(Launch launch) {
        return new Contestant("uring", "uring", SUBJECT, launch);
    }

    static Contestant epoll(Launch launch) {
        return new Contestant("epoll", "uring on epoll", BASELINE, launch);
    }

    /**
     * @param onChannel a server whose first line must have that class of channel in it
     */
    static Contestant reactorNettyEpoll(Function<String, Launch.Java> onChannel) {
        // Where it finds Netty's io_uring it takes that.
        Launch launch = onChannel.apply("EpollServerSocketChannel").without("io_uring");
        return new Contestant("reactor-netty-epoll", "reactor-netty, epoll", PEER, launch);
    }

    /**
     * @param onChannel a server whose first line must have that class of channel in it
     */
    static Contestant reactorNettyUring(Function<String, Launch.Java> onChannel) {
        Launch launch = onChannel.apply("IoUringServerSocketChannel");
        return new Contestant("reactor-netty-uring", "reactor-netty, io_uring", PEER, launch);
    }

    static Contestant nettyEpoll(String peer) {
        return netty(peer, "epoll", "Netty, epoll", "EPOLL");
    }

    static Contestant nettyUring(String peer) {
        return netty(peer, "uring", "Netty, io_uring", "IO_URING");
    }

    static Contestant nettyUringBuffers(String peer) {
        return netty(peer, "uring-buffers", "Netty, io_uring, buffer ring", "IO_URING_BUFFER_RING");
    }

    private static Contestant netty(String peer, String name, String title, String transport) {
        Launch launch = Programs.peer(peer, transport + ",", "{port}", transport);
        return new Contestant("netty-" + name, title, PEER, launch);
    }

    static Contestant cUring(String program, String... arguments) {
        return new Contestant("c-uring", "C, io_uring", FLOOR, Programs.c(program, arguments));
    }

    static Contestant cEpoll(String program, String... arguments) {
        return new Contestant("c-epoll", "C, epoll", FLOOR, Programs.c(program, arguments));
    }

    private Entrants() {}
}
