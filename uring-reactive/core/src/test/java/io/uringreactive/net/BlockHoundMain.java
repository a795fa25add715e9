// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import io.uringreactive.RingGroup;
import io.uringreactive.RingGroupOptions;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import reactor.blockhound.BlockHound;
import reactor.core.publisher.Mono;

/**
 * Serves under BlockHound: first plain traffic, then a handler that blocks. Prints what BlockHound
 * complained of in each. For {@link ChildJvm}.
 */
final class BlockHoundMain {
    private static final int CONNECTIONS = 50;

    private static final ConcurrentLinkedQueue<String> COMPLAINTS = new ConcurrentLinkedQueue<>();

    public static void main(String[] arguments) {
        BlockHound.install(
                builder ->
                        builder.blockingMethodCallback(
                                method -> {
                                    if (COMPLAINTS.isEmpty()) {
                                        new Throwable(method.toString()).printStackTrace();
                                    }
                                    COMPLAINTS.add(Thread.currentThread().getName() + " " + method);
                                }));
        RingGroup group = RingGroup.create(RingGroupOptions.defaults().rings(2));
        try (Server server = Server.echo(Pair.loopback(group))) {
            for (int i = 0; i < CONNECTIONS; i++) {
                echo(server);
            }
        }
        report("plain");
        try (Server server =
                        Server.of(
                                Pair.loopback(group),
                                connection -> {
                                    LockSupport.parkNanos(1);
                                    return Mono.empty();
                                });
                Peer peer = server.connect()) {
            peer.expectEnd();
        }
        report("blocking");
        Await.done(group.disposeGracefully());
        report("end");
    }

    private static void echo(Server server) {
        try (Peer peer = server.connect()) {
            peer.writeSequence(0, 100_000);
            long same = peer.checkSequence(0, 100_000);
            peer.shutdownOutput();
            peer.expectEnd();
            if (same != 100_000) {
                throw new AssertionError("echoed " + same);
            }
        }
    }

    private static void report(String what) {
        System.out.println(what + " " + COMPLAINTS);
        COMPLAINTS.clear();
    }

    private BlockHoundMain() {}
}
