// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.sys.abi.CqeFlags;
import io.uringreactive.sys.abi.Errno;
import io.uringreactive.sys.abi.Opcode;
import io.uringreactive.sys.abi.SocketNumbers;
import io.uringreactive.test.Loop.Cqe;
import io.uringreactive.test.Loop.Pair;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each fault does what it says, and none of them loses anything. */
class FaultTest {
    private static void always(Fault fault, LoopThread.Script script) {
        LoopThread.runWith(fault, 1, script);
    }

    @Test
    void shouldSendLess() {
        int[] shorter = new int[1];
        always(
                Fault.SHORT_SEND,
                loop -> {
                    Pair pair = loop.pair();
                    loop.send(pair.client(), 1000, 1);
                    int sent = loop.await(1).result();
                    assertTrue(sent >= 1 && sent <= 1000, "sent " + sent);
                    shorter[0] += sent < 1000 ? 1 : 0;
                    loop.close(pair);
                });
        assertTrue(shorter[0] > 15, "short sends: " + shorter[0]);
    }

    @Test
    void shouldDeliverInPieces() {
        always(
                Fault.SEGMENTATION,
                loop -> {
                    Pair pair = loop.pair();
                    loop.buffers(256, 256, 64);
                    loop.receiveMultishot(pair.server(), 1, 1);
                    loop.sendAll(pair.client(), 100);
                    int pieces = 0;
                    for (int total = 0; total < 100; pieces++) {
                        total += loop.await(1).result();
                    }
                    assertTrue(pieces > 1, "pieces: " + pieces);
                    assertEquals(0, loop.cancel(1, 2));
                    loop.await(1);
                    loop.close(pair);
                });
    }

    @Test
    void shouldEndAMultishotWithAGoodResult() {
        always(
                Fault.LOST_MORE,
                loop -> {
                    Pair pair = loop.pair();
                    loop.buffers(4, 4, 64);
                    loop.receiveMultishot(pair.server(), 1, 1);
                    loop.sendAll(pair.client(), 10);
                    Cqe cqe = loop.await(1);
                    assertEquals(10, cqe.result());
                    assertTrue(CqeFlags.isTerminal(cqe.flags()));
                    loop.close(pair);
                });
    }

    @Test
    void shouldHideBuffersOnlyWhileSomeAreHeld() {
        always(
                Fault.NO_BUFFERS,
                loop -> {
                    Pair pair = loop.pair();
                    loop.buffers(4, 4, 64);
                    loop.receiveMultishot(pair.server(), 1, 1);
                    loop.sendAll(pair.client(), 10);
                    Cqe cqe = loop.await(1);
                    assertEquals(10, cqe.result());
                    loop.sendAll(pair.client(), 10);
                    assertTrue(Errno.ENOBUFS.is(loop.await(1).result()));
                    loop.close(pair);
                });
    }

    @Test
    void shouldPutABufferOnTheEnd() {
        always(
                Fault.BUFFER_ON_END,
                loop -> {
                    Pair pair = loop.pair();
                    loop.buffers(4, 4, 64);
                    loop.prepare(Opcode.SHUTDOWN, pair.client(), 1).len(SocketNumbers.SHUT_WR);
                    loop.receiveMultishot(pair.server(), 1, 2);
                    Cqe cqe = loop.await(2);
                    assertEquals(0, cqe.result());
                    assertTrue(CqeFlags.hasBuffer(cqe.flags()));
                    loop.await(1);
                    loop.close(pair);
                });
    }

    @Test
    void shouldFailToAccept() {
        Set<String> errors = new java.util.TreeSet<>();
        LoopThread.runWith(
                Fault.ACCEPT_ERROR,
                0.5,
                loop -> {
                    int listener = loop.listener(0, 16);
                    int client = loop.sockets.stream(SocketNumbers.AF_INET);
                    loop.connect(client, loop.port(listener), 1);
                    assertEquals(0, loop.await(1).result());
                    loop.prepare(Opcode.ACCEPT, listener, 2);
                    int result = loop.await(2).result();
                    if (result < 0) {
                        errors.add(Errno.name(result));
                    } else {
                        errors.add("none");
                        loop.sockets.close(result);
                    }
                    loop.sockets.close(client);
                    loop.sockets.close(listener);
                });
        assertEquals(
                Set.of("EMFILE", "ENFILE", "ENOBUFS", "ENOMEM", "ECONNABORTED", "none"), errors);
    }

    @Test
    void shouldResetConnections() {
        always(
                Fault.RESET,
                loop -> {
                    Pair pair = loop.pair();
                    loop.receive(pair.server(), 10, 1);
                    loop.send(pair.client(), 10, 2);
                    int result = loop.await(1).result();
                    assertTrue(Errno.ECONNRESET.is(result) || Errno.ETIMEDOUT.is(result));
                    loop.await(2);
                    loop.close(pair);
                });
    }

    @Test
    void shouldReturnEarlyFromEnter() {
        always(
                Fault.EARLY_RETURN,
                loop -> {
                    loop.ring.enter(Long.MAX_VALUE);
                    assertEquals(0, loop.ring.completions());
                });
    }

    @Test
    void shouldDelayAndReorder() {
        EnumSet<Order> seen = EnumSet.noneOf(Order.class);
        LoopThread.runWith(Fault.REORDERING, 0.5, loop -> seen.add(twoNops(loop)));
        assertEquals(EnumSet.allOf(Order.class), seen);
        seen.clear();
        always(
                Fault.DELAY,
                loop -> {
                    long start = loop.kernel.nanoTime();
                    seen.add(twoNops(loop));
                    assertFalse(start == loop.kernel.nanoTime());
                });
        assertEquals(EnumSet.allOf(Order.class), seen);
    }

    private enum Order {
        FIRST_FIRST,
        SECOND_FIRST
    }

    private static Order twoNops(Loop loop) {
        loop.prepare(Opcode.NOP, -1, 1);
        loop.prepare(Opcode.NOP, -1, 2);
        long first = loop.awaitAny().userData();
        loop.awaitAny();
        return first == 1 ? Order.FIRST_FIRST : Order.SECOND_FIRST;
    }

    @Test
    void shouldRefuseWhatIsNoProbability() {
        SimulationFaults none = SimulationFaults.none();
        assertThrows(IllegalArgumentException.class, () -> none.with(Fault.DELAY, 1.1));
        assertThrows(IllegalArgumentException.class, () -> none.with(Fault.DELAY, -0.1));
    }

    @Test
    void shouldRefuseCreditOnAnOldKernel() {
        SimulationOptions old = SimulationOptions.defaults().withoutReceiveCredit();
        try (SimulatedKernel kernel = SimulatedKernel.create(1, old)) {
            LoopThread.run(
                    kernel,
                    loop -> {
                        assertFalse(loop.ring.features().receiveCredit());
                        loop.buffers(4, 4, 64);
                        loop.receiveMultishot(-1, 1, 1).fileIndex(1);
                        assertTrue(Errno.EINVAL.is(loop.await(1).result()));
                        loop.receiveMultishot(-1, 1, 2);
                        assertTrue(Errno.EBADF.is(loop.await(2).result()));
                    });
        }
    }
}
