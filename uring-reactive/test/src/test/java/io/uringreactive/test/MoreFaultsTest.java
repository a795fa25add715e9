// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.sys.abi.CqeFlags;
import io.uringreactive.sys.abi.Errno;
import io.uringreactive.sys.abi.Opcode;
import io.uringreactive.sys.abi.SocketNumbers;
import io.uringreactive.test.Loop.Cqe;
import io.uringreactive.test.Loop.Pair;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Faults of submissions, connects, messages and receives do what they say. */
class MoreFaultsTest {
    @Test
    void shouldTakeOnlySomeOfTheSubmissionsAndKeepTheirOrder() {
        int[] shorter = {0};
        LoopThread.runWith(
                Fault.SHORT_SUBMIT,
                0.8,
                loop -> {
                    for (int i = 0; i < 20; i++) {
                        loop.prepare(Opcode.NOP, -1, i);
                    }
                    loop.ring.enter(Long.MAX_VALUE); // does not wait when some are left
                    shorter[0] += loop.ring.unsubmitted() > 0 ? 1 : 0;
                    for (int i = 0; i < 20; i++) {
                        assertEquals(i, loop.awaitAny().userData());
                    }
                    // More than the queue holds: reserving submits, in however many steps.
                    for (int i = 0; i < 200; i++) {
                        loop.prepare(Opcode.NOP, -1, i);
                    }
                    for (int i = 0; i < 200; i++) {
                        assertEquals(i, loop.awaitAny().userData());
                    }
                });
        assertTrue(shorter[0] > 10, "short submits: " + shorter[0]);
    }

    @Test
    void shouldFailToConnect() {
        Set<String> outcomes = new TreeSet<>();
        LoopThread.runWith(
                Fault.CONNECT_ERROR,
                0.7,
                loop -> {
                    int listener = loop.listener(0, 16);
                    int client = loop.sockets.stream(SocketNumbers.AF_INET);
                    loop.connect(client, loop.port(listener), 1);
                    int result = loop.await(1).result();
                    outcomes.add(result == 0 ? "none" : Errno.name(result));
                    loop.sockets.close(client);
                    loop.sockets.close(listener);
                });
        assertEquals(
                Set.of("ECONNREFUSED", "ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH", "none"),
                outcomes);
    }

    @Test
    void shouldRefuseAMessage() {
        LoopThread.runWith(
                Fault.MESSAGE_ERROR,
                1,
                loop -> {
                    loop.prepare(Opcode.MSG_RING, loop.ring.descriptor(), 1).off(7).len(42);
                    assertTrue(Errno.EOVERFLOW.is(loop.await(1).result()));
                    assertNull(loop.await(7, 20));
                });
    }

    @Test
    void shouldInterruptTransfers() {
        Set<String> errors = new TreeSet<>();
        LoopThread.runWith(
                Fault.INTERRUPTED,
                1,
                loop -> {
                    int listener = loop.listener(0, 16);
                    int client = loop.sockets.stream(SocketNumbers.AF_INET);
                    loop.connect(client, loop.port(listener), 1);
                    assertEquals(0, loop.await(1).result());
                    loop.prepare(Opcode.ACCEPT, listener, 2);
                    assertTrue(Errno.EINTR.is(loop.await(2).result()));
                    loop.send(client, 10, 3);
                    errors.add(Errno.name(loop.await(3).result()));
                    loop.sockets.close(client);
                    loop.sockets.close(listener);
                });
        assertEquals(Set.of("EINTR", "EAGAIN"), errors);
    }

    @Test
    void shouldSayOnlyWithTheDataThatThereIsNoBuffer() {
        LoopThread.runWith(
                Fault.LATE_STARVATION,
                1,
                loop -> {
                    Pair pair = loop.pair();
                    loop.buffers(4, 0, 64);
                    loop.receiveSelect(pair.server(), 1, 1);
                    assertNull(loop.await(1, 20));
                    loop.sendAll(pair.client(), 10);
                    assertTrue(Errno.ENOBUFS.is(loop.await(1).result()));
                    loop.close(pair);
                });
    }

    @Test
    void shouldPutABufferOnACancelledReceive() {
        LoopThread.runWith(
                Fault.BUFFER_ON_END,
                1,
                loop -> {
                    Pair pair = loop.pair();
                    loop.buffers(4, 4, 64);
                    loop.receiveMultishot(pair.server(), 1, 1);
                    assertEquals(0, loop.cancel(1, 2));
                    Cqe cqe = loop.await(1);
                    assertTrue(Errno.ECANCELED.is(cqe.result()));
                    assertTrue(CqeFlags.hasBuffer(cqe.flags()));
                    loop.close(pair);
                });
    }

    @Test
    void shouldRefuseRestrictedOpcodes() {
        SimulationOptions options = SimulationOptions.defaults().withRestricted(Set.of(Opcode.NOP));
        try (SimulatedKernel kernel = SimulatedKernel.create(1, options)) {
            LoopThread.run(
                    kernel,
                    loop -> {
                        loop.prepare(Opcode.NOP, -1, 1);
                        assertTrue(Errno.EACCES.is(loop.await(1).result()));
                    });
        }
    }
}
