// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.endurance;

import io.uringreactive.ListenOptions;
import io.uringreactive.RingGroup;
import io.uringreactive.RingGroupOptions;
import io.uringreactive.RingScheduler;
import io.uringreactive.RingStatus;
import io.uringreactive.http.HttpOptions;
import io.uringreactive.http.HttpServer;
import io.uringreactive.http.UringHttp;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** The application on rings of its own, and what can be seen of them. */
final class Server implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(2);

    private final RingGroup group;
    private final HttpServer server;

    private Server(RingGroup group, HttpServer server) {
        this.group = group;
        this.server = server;
    }

    static Server start(RingGroupOptions rings, boolean multishotAccept) {
        RingGroup group = RingGroup.create(rings);
        ListenOptions listen =
                ListenOptions.port(0).host("127.0.0.1").multishotAccept(multishotAccept);
        HttpOptions options =
                HttpOptions.port(0).requestsMax(Integer.MAX_VALUE).transport(group).listen(listen);
        HttpServer server = UringHttp.listen(options, Application.HANDLER).block(LIMIT);
        return new Server(group, Objects.requireNonNull(server));
    }

    InetSocketAddress address() {
        return server.address();
    }

    /** Null for a ring that does not answer. */
    List<RingStatus> status() {
        List<RingStatus> all = new ArrayList<>();
        for (RingScheduler ring : group.rings()) {
            all.add(ring.status().onErrorComplete().block(ANSWER_LIMIT));
        }
        return all;
    }

    /** What a connection may leave behind, in words; empty when all is as it was. */
    List<String> leftBehind() {
        List<String> left = new ArrayList<>();
        for (RingStatus status : status()) {
            if (status.connections() > 0) {
                left.add(status.connections() + " connections");
            }
            if (status.buffersOut() > 0) {
                left.add(status.buffersOut() + " buffers");
            }
            if (status.lateCompletions() > 0) {
                left.add(status.lateCompletions() + " late completions");
            }
        }
        return left;
    }

    /** The rings, as far as they answer, and the stacks of their threads. */
    String dump() {
        StringBuilder text = new StringBuilder();
        for (RingScheduler ring : group.rings()) {
            text.append(ring).append(": ");
            try {
                text.append(ring.status().block(ANSWER_LIMIT));
            } catch (RuntimeException e) {
                text.append("does not answer: ").append(e);
            }
            text.append('\n');
        }
        ThreadInfo[] threads = ManagementFactory.getThreadMXBean().dumpAllThreads(false, false);
        return text
                + Arrays.stream(threads)
                        .filter(thread -> thread.getThreadName().startsWith("uring"))
                        .map(ThreadInfo::toString)
                        .collect(Collectors.joining());
    }

    /** Lets connections end, then stops the rings; every descriptor is given back. */
    @Override
    public void close() {
        server.stop().block(LIMIT);
        group.disposeGracefully().block(LIMIT);
    }
}
