// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A server with fewer descriptors than clients: it waits, costs nothing meanwhile, recovers. */
class FileLimitTest extends KernelTest {
    private static final int FILES_MAX = 128;
    private static final int CLIENTS = 200;
    private static final Duration WINDOW = Duration.ofSeconds(3);
    private static final double CPU_SHARE_MAX = 0.02;

    @Test
    void shouldBackOffAndRecoverWhenDescriptorsRunOut() {
        List<Peer> waiting = new ArrayList<>();
        try (ChildJvm server = ChildJvm.start("ulimit -n " + FILES_MAX, EchoServerMain.class)) {
            InetSocketAddress address =
                    new InetSocketAddress("127.0.0.1", Integer.parseInt(server.line()));
            for (int i = 0; i < CLIENTS; i++) {
                Peer peer = Peer.connect(address);
                peer.write("x");
                waiting.add(peer);
            }
            long served = settled(waiting);
            assertTrue(served > 0 && served < FILES_MAX, served + " served");

            expectIdle(server);
            assertEquals(served, waiting.stream().filter(FileLimitTest::isAnswered).count());

            // Whoever is answered leaves, until everybody was.
            Await.until(
                    () -> waiting.size() + " are never served",
                    () -> {
                        waiting.stream().filter(FileLimitTest::isAnswered).forEach(Peer::close);
                        waiting.removeIf(peer -> !peer.channel().isOpen());
                        return waiting.isEmpty();
                    });
            try (Peer late = Peer.connect(address)) {
                late.write("y");
                assertEquals("y", late.readText(1));
            }
        } finally {
            waiting.forEach(Peer::close);
        }
    }

    /** How many are answered, once that has stopped to grow. */
    private static long settled(List<Peer> peers) {
        long[] answered = new long[1];
        boolean grows = true;
        while (grows) {
            grows =
                    Await.within(
                            Duration.ofMillis(500),
                            () -> {
                                long now = peers.stream().filter(FileLimitTest::isAnswered).count();
                                boolean more = now > answered[0];
                                answered[0] = now;
                                return more;
                            });
        }
        return answered[0];
    }

    /** The first window may still see the JIT compiler; a loop that spins shows in each. */
    private static void expectIdle(ChildJvm server) {
        double share = 1;
        for (int window = 0; window < 2 && share >= CPU_SHARE_MAX; window++) {
            double before = server.cpuSeconds();
            long start = System.nanoTime();
            Await.within(WINDOW, () -> System.nanoTime() - start > WINDOW.toNanos());
            share = (server.cpuSeconds() - before) / WINDOW.toSeconds();
        }
        assertTrue(share < CPU_SHARE_MAX, share * 100 + " % of CPU while waiting");
    }

    private static boolean isAnswered(Peer peer) {
        try {
            return peer.channel().isOpen()
                    && peer.channel().socket().getInputStream().available() > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
