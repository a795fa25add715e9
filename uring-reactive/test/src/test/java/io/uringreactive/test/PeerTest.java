// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.sys.abi.Errno;
import io.uringreactive.sys.abi.Opcode;
import io.uringreactive.sys.abi.SocketNumbers;
import io.uringreactive.sys.abi.SocketOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The other end of connections. */
class PeerTest {
    private static final int PORT = 8080;

    @Test
    void shouldExchangeBytesWithAServer() {
        try (SimulatedKernel kernel = SimulatedKernel.seeded(1, SimulationFaults.some())) {
            LoopThread server = LoopThread.start(kernel, PeerTest::echoOnce);
            kernel.settle();
            SimulatedPeer peer = kernel.connect(PORT).write("hello");
            kernel.run(() -> peer.received().equals("hello"));
            assertFalse(peer.sawEnd());
            peer.shutdownWrite();
            kernel.run(peer::sawEnd);
            assertEquals("hello", new String(peer.read(), java.nio.charset.StandardCharsets.UTF_8));
            kernel.run(server::isDone);
            server.rethrow();
            kernel.assertNothingLeaked();
        }
    }

    private static void echoOnce(Loop loop) {
        int listener = loop.listener(PORT, 16);
        loop.prepare(Opcode.ACCEPT, listener, 1);
        int fd = loop.await(1).result();
        while (true) {
            var memory = loop.receive(fd, 100, 2);
            int count = loop.await(2).result();
            if (count <= 0) {
                break;
            }
            for (int sent = 0; sent < count; ) {
                loop.prepare(Opcode.SEND, fd, 3).addr(memory.asSlice(sent)).len(count - sent);
                sent += loop.await(3).result();
            }
        }
        loop.sockets.close(fd);
        loop.sockets.close(listener);
    }

    @Test
    void shouldStallAtAWindowThatNobodyReads() {
        SimulationOptions options = SimulationOptions.defaults().withSocketBuffers(4096, 10_000);
        try (SimulatedKernel kernel = SimulatedKernel.create(3, options)) {
            LoopThread server =
                    LoopThread.start(
                            kernel,
                            loop -> {
                                int listener = loop.listener(PORT, 16);
                                loop.prepare(Opcode.ACCEPT, listener, 1);
                                int fd = loop.await(1).result();
                                loop.prepare(Opcode.NOP, -1, 2);
                                loop.await(3, 10);
                                loop.receive(fd, 2500, 4);
                                assertEquals(2500, loop.await(4).result());
                                loop.await(5, 10);
                                loop.sockets.close(fd);
                                loop.sockets.close(listener);
                            });
            kernel.settle();
            SimulatedPeer peer = kernel.connect(PORT).write(new byte[50_000]);
            kernel.settle();
            assertEquals(40_000, peer.unsent());
            kernel.advance(java.time.Duration.ofMillis(15));
            assertEquals(37_500, peer.unsent());
            kernel.run(server::isDone);
            server.rethrow();
            assertFalse(peer.sawReset(), "the reset is still on its way");
            kernel.run(peer::sawReset);
        }
    }

    @Test
    void shouldStallASenderWhileThePeerDoesNotRead() {
        SimulationOptions options = SimulationOptions.defaults().withSocketBuffers(4096, 10_000);
        try (SimulatedKernel kernel = SimulatedKernel.create(4, options)) {
            LoopThread server =
                    LoopThread.start(
                            kernel,
                            loop -> {
                                int listener = loop.listener(PORT, 16);
                                loop.prepare(Opcode.ACCEPT, listener, 1);
                                int fd = loop.await(1).result();
                                loop.sendAll(fd, 50_000);
                                loop.sockets.close(fd);
                                loop.sockets.close(listener);
                            });
            kernel.settle();
            SimulatedPeer peer = kernel.connect(PORT);
            peer.pauseReading();
            kernel.settle();
            assertEquals(0, peer.receivedBytes());
            assertFalse(server.isDone());
            peer.resumeReading();
            kernel.run(peer::sawEnd);
            assertEquals(50_000, peer.receivedBytes());
            kernel.run(server::isDone);
            server.rethrow();
            kernel.assertNothingLeaked();
        }
    }

    @Test
    void shouldBeRefusedWhereNobodyListens() {
        try (SimulatedKernel kernel = SimulatedKernel.seeded(5)) {
            SimulatedPeer peer = kernel.connect(PORT);
            kernel.run(peer::wasRefused);
            assertFalse(peer.isConnected());
        }
    }

    @Test
    void shouldAcceptTheLibrarysConnections() {
        try (SimulatedKernel kernel = SimulatedKernel.seeded(6)) {
            SimulatedListener listener = kernel.listen(PORT);
            LoopThread client =
                    LoopThread.start(
                            kernel,
                            loop -> {
                                int taken = loop.sockets.stream(SocketNumbers.AF_INET);
                                int bound = loop.sockets.bind(taken, Loop.loopback(PORT));
                                assertTrue(Errno.EADDRINUSE.is(bound));
                                loop.sockets.close(taken);
                                int fd = loop.sockets.stream(SocketNumbers.AF_INET);
                                loop.connect(fd, PORT, 1);
                                assertEquals(0, loop.await(1).result());
                                loop.sendAll(fd, 10);
                                loop.receive(fd, 10, 2);
                                assertTrue(Errno.ECONNRESET.is(loop.await(2).result()));
                                loop.sockets.close(fd);
                                int silent = loop.sockets.stream(SocketNumbers.AF_INET);
                                loop.connect(silent, PORT, 3);
                                assertEquals(null, loop.await(3, 60_000));
                                assertEquals(0, loop.cancel(3, 4));
                                assertTrue(Errno.ECANCELED.is(loop.await(3).result()));
                                loop.sockets.close(silent);
                            });
            kernel.run(() -> listener.accepted().size() == 1);
            SimulatedPeer peer = listener.accepted().getFirst();
            kernel.run(() -> peer.receivedBytes() == 10);
            listener.fallSilent();
            peer.reset();
            kernel.run(client::isDone);
            client.rethrow();
            kernel.assertNothingLeaked();
        }
    }

    @Test
    void shouldSpreadConnectionsOverListenersThatShareAPort() {
        try (SimulatedKernel kernel = SimulatedKernel.seeded(7)) {
            List<LoopThread> servers = new ArrayList<>();
            int[] counts = new int[2];
            for (int i = 0; i < 2; i++) {
                int index = i;
                servers.add(LoopThread.start(kernel, loop -> count(loop, counts, index)));
            }
            kernel.settle();
            List<SimulatedPeer> peers = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                peers.add(kernel.connect(PORT));
            }
            kernel.run(() -> servers.stream().allMatch(LoopThread::isDone));
            servers.forEach(LoopThread::rethrow);
            assertEquals(40, counts[0] + counts[1]);
            assertTrue(counts[0] > 5 && counts[1] > 5, counts[0] + " and " + counts[1]);
            assertTrue(peers.stream().allMatch(SimulatedPeer::isConnected));
            kernel.assertNothingLeaked();
        }
    }

    private static void count(Loop loop, int[] counts, int index) {
        int listener = loop.sockets.stream(SocketNumbers.AF_INET);
        loop.sockets.set(listener, SocketOption.SO_REUSEPORT, 1);
        assertEquals(0, loop.sockets.bind(listener, Loop.loopback(PORT)));
        assertEquals(0, loop.sockets.listen(listener, 64));
        while (true) {
            loop.prepare(Opcode.ACCEPT, listener, 1);
            Loop.Cqe cqe = loop.await(1, 1000);
            if (cqe == null) {
                break;
            }
            counts[index]++;
            loop.sockets.close(cqe.result());
        }
        assertEquals(0, loop.cancel(1, 2));
        loop.await(1);
        loop.sockets.close(listener);
    }
}
