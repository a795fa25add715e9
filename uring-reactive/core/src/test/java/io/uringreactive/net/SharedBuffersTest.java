// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.uringreactive.ReceiveMode;
import io.uringreactive.RingGroup;
import io.uringreactive.RingGroupOptions;
import io.uringreactive.RingScheduler;
import io.uringreactive.RingStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Few buffers, shared by many connections: nobody takes them from the others for long. */
class SharedBuffersTest extends KernelTest {
    private static final int BUFFER_COUNT = 16;
    private static final int BUFFER_BYTES = 1024;

    @Override
    RingGroupOptions options(RingGroupOptions defaults) {
        return defaults.rings(1).buffers(BUFFER_COUNT, BUFFER_BYTES);
    }

    @ParameterizedTest
    @EnumSource(names = {"CREDIT", "ONE_SHOT"})
    void shouldServeOthersWhileAConsumerKeepsItsBuffers(ReceiveMode mode) {
        RingGroup group = group(mode);
        Queue<ByteBuf> kept = new ConcurrentLinkedQueue<>();
        int keptBytes = 2 * 1024 * 1024;
        try (Pair keeper = Pair.open(group);
                Server server = Server.echo(Pair.loopback(group));
                Peer other = server.connect()) {
            keeper.connection().receive().onErrorComplete().subscribe(kept::add);
            keeper.peer().writeSequence(0, keptBytes);
            Await.until(
                    "everything is kept",
                    () -> kept.stream().mapToInt(ByteBuf::readableBytes).sum() == keptBytes);
            assertTrue(kept.size() > 1_000);

            for (int i = 0; i < 100; i++) {
                other.write("others go on");
                assertEquals("others go on", other.readText(12));
            }
            RingStatus status = status(group.next());
            assertTrue(status.buffersOut() <= BUFFER_COUNT * 3 / 4, status::toString);
            assertTrue(status.buffersCopied() > 0, status::toString);

            long at = 0;
            for (ByteBuf buffer : kept) {
                Sequence.check(at, buffer);
                at += buffer.readableBytes();
            }
        }
        releaseFromSeveralThreads(kept);
    }

    private static void releaseFromSeveralThreads(Queue<ByteBuf> kept) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        for (ByteBuf b = kept.poll(); b != null; b = kept.poll()) {
                                            b.release();
                                        }
                                    }));
        }
        Await.until("released", () -> threads.stream().noneMatch(Thread::isAlive));
    }

    @ParameterizedTest
    @EnumSource(names = {"CREDIT", "ONE_SHOT"})
    void shouldServe200ConnectionsWith16Buffers(ReceiveMode mode) {
        RingGroup group = group(mode);
        RingScheduler ring = group.next();
        long starvedBefore = status(ring).buffersStarved();
        int bytes = 20_000;
        try (Server server = Server.echo(Pair.loopback(group))) {
            List<Peer> peers = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                peers.add(server.connect());
            }
            // All are accepted and armed before anything is there to read.
            Await.until("all are there", () -> status(ring).connections() == 200);
            peers.forEach(peer -> peer.writeSequence(0, bytes));
            for (Peer peer : peers) {
                assertEquals(bytes, peer.checkSequence(0, bytes));
                peer.close();
            }
        }
        assertTrue(status(ring).buffersStarved() > starvedBefore, "buffers never ran out");
    }

    @Test
    void shouldEndConnectionsThatWaitForBuffers() {
        try (OneBuffer one = OneBuffer.open()) {
            Queue<ByteBuf> kept = new ConcurrentLinkedQueue<>();
            try (Pair keeper = Pair.open(one.group());
                    Pair aborted = Pair.open(one.group());
                    Pair closed = Pair.open(one.group());
                    Pair recovering = Pair.open(one.group())) {
                keeper.connection().receive().onErrorComplete().subscribe(kept::add);
                keeper.peer().writeSequence(0, 10);
                Await.until("the buffer is kept", () -> kept.size() == 1);

                List<Taker> takers = new ArrayList<>();
                for (Pair pair : List.of(aborted, closed, recovering)) {
                    Taker taker = Taker.requesting(Long.MAX_VALUE);
                    pair.connection().receive().subscribe(taker);
                    pair.peer().writeSequence(0, 5_000);
                    takers.add(taker);
                }
                Await.until("all starve", () -> status(one.group().next()).buffersStarved() >= 3);
                aborted.connection().dispose();
                aborted.peer().expectReset();
                closed.connection().close().subscribe();
                closed.peer().expectEnd();
                assertEquals(0, takers.getLast().bytes());

                kept.remove().release();
                Await.until("it recovers", () -> takers.getLast().bytes() == 5_000);
                closed.peer().close();
                Await.done(closed.connection().onClose());
            }
        }
    }

    /** A ring with a single buffer, which is never copied out. */
    private record OneBuffer(RingGroup group) implements AutoCloseable {
        static OneBuffer open() {
            return new OneBuffer(
                    RingGroup.create(
                            RingGroupOptions.defaults().rings(1).buffers(1, BUFFER_BYTES)));
        }

        @Override
        public void close() {
            Await.done(group.disposeGracefully());
        }
    }
}
