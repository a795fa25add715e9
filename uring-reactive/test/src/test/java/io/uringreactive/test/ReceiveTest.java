// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.sys.abi.CqeFlags;
import io.uringreactive.sys.abi.Errno;
import io.uringreactive.sys.abi.NetFlags;
import io.uringreactive.sys.abi.Opcode;
import io.uringreactive.sys.abi.SocketNumbers;
import io.uringreactive.test.Loop.Cqe;
import io.uringreactive.test.Loop.Pair;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** recv(2) through a ring, on both machines. */
class ReceiveTest {
    private static final int QUIET_MILLIS = 20;

    @ParameterizedTest
    @EnumSource
    void shouldReceiveIntoPlainMemory(Machine machine) {
        machine.run(
                loop -> {
                    Pair pair = loop.pair();
                    MemorySegment memory = loop.receive(pair.server(), 100, 1);
                    assertNull(loop.await(1, QUIET_MILLIS));
                    loop.sendAll(pair.client(), 10);
                    Cqe cqe = loop.await(1);
                    assertEquals(10, cqe.result());
                    assertTrue(CqeFlags.isTerminal(cqe.flags()));
                    assertEquals(9, memory.get(ValueLayout.JAVA_BYTE, 9));
                    loop.close(pair);
                });
    }

    @ParameterizedTest
    @EnumSource
    void shouldEndWithZeroWithoutMoreAndWithoutBuffer(Machine machine) {
        machine.run(
                loop -> {
                    Pair pair = loop.pair();
                    loop.buffers(4, 4, 64);
                    loop.receiveMultishot(pair.server(), 1, 1);
                    loop.prepare(Opcode.SHUTDOWN, pair.client(), 2).len(SocketNumbers.SHUT_WR);
                    Cqe cqe = loop.await(1);
                    assertEquals(0, cqe.result());
                    assertTrue(CqeFlags.isTerminal(cqe.flags()));
                    assertFalse(CqeFlags.hasBuffer(cqe.flags()));
                    loop.close(pair);
                });
    }

    @ParameterizedTest
    @EnumSource
    void shouldTellThatTheEndIsStillToBeRead(Machine machine) {
        machine.run(
                loop -> {
                    Pair pair = loop.pair();
                    loop.sendAll(pair.client(), 10);
                    loop.prepare(Opcode.SHUTDOWN, pair.client(), 2).len(SocketNumbers.SHUT_WR);
                    assertEquals(0, loop.await(2).result());
                    assertNull(loop.await(3, QUIET_MILLIS));
                    loop.receive(pair.server(), 100, 1);
                    Cqe cqe = loop.await(1);
                    assertEquals(10, cqe.result());
                    assertTrue((cqe.flags() & CqeFlags.SOCK_NONEMPTY) != 0);
                    loop.close(pair);
                });
    }

    @ParameterizedTest
    @EnumSource
    void shouldOvershootItsCreditByLessThanABuffer(Machine machine) {
        machine.run(
                loop -> {
                    Pair pair = loop.pair();
                    loop.buffers(64, 64, 1024);
                    loop.receiveMultishot(pair.server(), 1, 1).fileIndex(3000);
                    loop.sendAll(pair.client(), 10_000);
                    int total = 0;
                    Cqe cqe = loop.await(1);
                    total += cqe.result();
                    while (!CqeFlags.isTerminal(cqe.flags())) {
                        assertTrue(total < 3000, "the credit was spent at " + total);
                        cqe = loop.await(1);
                        total += cqe.result();
                    }
                    assertTrue(total >= 3000 && total < 3000 + 1024, "received " + total);
                    assertTrue(CqeFlags.hasBuffer(cqe.flags()));
                    assertNull(loop.await(1, QUIET_MILLIS));
                    loop.close(pair);
                });
    }

    @ParameterizedTest
    @EnumSource
    void shouldNotExceedItsCapInOneCompletion(Machine machine) {
        machine.run(
                loop -> {
                    Pair pair = loop.pair();
                    loop.buffers(64, 64, 1024);
                    loop.receiveMultishot(pair.server(), 1, 1).len(100);
                    loop.sendAll(pair.client(), 1000);
                    int total = 0;
                    while (total < 1000) {
                        Cqe cqe = loop.await(1);
                        assertTrue(cqe.result() <= 100, "received " + cqe.result());
                        assertFalse(CqeFlags.isTerminal(cqe.flags()));
                        total += cqe.result();
                    }
                    loop.close(pair);
                });
    }

    @ParameterizedTest
    @EnumSource
    void shouldUseBuffersInTheOrderOfTheirPublication(Machine machine) {
        machine.run(
                loop -> {
                    Pair pair = loop.pair();
                    loop.buffers(4, 3, 10);
                    loop.sendAll(pair.client(), 25);
                    loop.receiveMultishot(pair.server(), 1, 1);
                    for (int id = 0; id < 3; id++) {
                        Cqe cqe = loop.await(1);
                        assertEquals(id, CqeFlags.bufferId(cqe.flags()));
                        boolean more = (cqe.flags() & CqeFlags.SOCK_NONEMPTY) != 0;
                        assertEquals(id < 2, more);
                    }
                    loop.close(pair);
                });
    }

    @ParameterizedTest
    @EnumSource
    void shouldFailAtOnceWithoutBuffers(Machine machine) {
        machine.run(
                loop -> {
                    Pair pair = loop.pair();
                    loop.buffers(4, 0, 64);
                    loop.receiveMultishot(pair.server(), 1, 1);
                    Cqe cqe = loop.await(1);
                    assertTrue(Errno.ENOBUFS.is(cqe.result()));
                    assertTrue(CqeFlags.isTerminal(cqe.flags()));
                    loop.receiveSelect(pair.server(), 1, 2);
                    assertTrue(Errno.ENOBUFS.is(loop.await(2).result()));
                    loop.close(pair);
                });
    }

    @ParameterizedTest
    @EnumSource
    void shouldWaitForDataFirstWithPollFirst(Machine machine) {
        machine.run(
                loop -> {
                    Pair pair = loop.pair();
                    loop.buffers(4, 0, 64);
                    loop.receiveSelect(pair.server(), 1, 1).ioprio(NetFlags.POLL_FIRST);
                    assertNull(loop.await(1, QUIET_MILLIS));
                    loop.sendAll(pair.client(), 10);
                    assertTrue(Errno.ENOBUFS.is(loop.await(1).result()));
                    loop.close(pair);
                });
    }

    @ParameterizedTest
    @EnumSource
    void shouldFailWhenTheBuffersAreUsedUp(Machine machine) {
        machine.run(
                loop -> {
                    Pair pair = loop.pair();
                    loop.buffers(4, 1, 64);
                    loop.receiveMultishot(pair.server(), 1, 1);
                    loop.sendAll(pair.client(), 100);
                    assertEquals(64, loop.await(1).result());
                    Cqe cqe = loop.await(1);
                    assertTrue(Errno.ENOBUFS.is(cqe.result()));
                    assertTrue(CqeFlags.isTerminal(cqe.flags()));
                    loop.close(pair);
                });
    }

    @ParameterizedTest
    @EnumSource
    void shouldNeedABufferEvenToSeeTheEnd(Machine machine) {
        machine.run(
                loop -> {
                    Pair pair = loop.pair();
                    loop.buffers(4, 1, 64);
                    loop.receiveMultishot(pair.server(), 1, 1);
                    loop.sendAll(pair.client(), 10);
                    assertEquals(10, loop.await(1).result());
                    loop.prepare(Opcode.SHUTDOWN, pair.client(), 2).len(SocketNumbers.SHUT_WR);
                    assertTrue(Errno.ENOBUFS.is(loop.await(1).result()));
                    loop.close(pair);
                });
    }

    @ParameterizedTest
    @EnumSource
    void shouldRefuseWhatTheKernelRefuses(Machine machine) {
        machine.run(
                loop -> {
                    Pair pair = loop.pair();
                    loop.buffers(4, 4, 64);
                    loop.receiveSelect(pair.server(), 1, 1).fileIndex(10);
                    assertTrue(Errno.EINVAL.is(loop.await(1).result()), "credit on a one-shot");
                    loop.prepare(Opcode.RECV, pair.server(), 2).ioprio(NetFlags.RECV_MULTISHOT);
                    assertTrue(Errno.EINVAL.is(loop.await(2).result()), "no buffer selection");
                    loop.receiveMultishot(-1, 1, 3).fileIndex(1);
                    assertTrue(Errno.EBADF.is(loop.await(3).result()), "no descriptor");
                    loop.receiveMultishot(pair.listener(), 1, 4);
                    assertTrue(Errno.ENOTCONN.is(loop.await(4).result()), "not connected");
                    loop.close(pair);
                });
    }
}
