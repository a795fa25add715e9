// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.sys.abi.CancelFlags;
import io.uringreactive.sys.abi.CqeFlags;
import io.uringreactive.sys.abi.Errno;
import io.uringreactive.sys.abi.Opcode;
import io.uringreactive.sys.abi.SocketNumbers;
import io.uringreactive.test.Loop.Cqe;
import io.uringreactive.test.Loop.Pair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** IORING_OP_ASYNC_CANCEL, on both machines; its races, on the simulated one. */
class CancelTest {
    private static final int QUIET_MILLIS = 20;
    private static final int MSG_WAITALL = 256;

    @ParameterizedTest
    @EnumSource
    void shouldCancelByUserData(Machine machine) {
        machine.run(
                loop -> {
                    Pair pair = loop.pair();
                    loop.receive(pair.server(), 100, 1);
                    loop.receive(pair.client(), 100, 2);
                    assertEquals(0, loop.cancel(1, 3));
                    Cqe cqe = loop.await(1);
                    assertTrue(Errno.ECANCELED.is(cqe.result()));
                    assertTrue(CqeFlags.isTerminal(cqe.flags()));
                    assertNull(loop.await(2, QUIET_MILLIS));
                    assertTrue(Errno.ENOENT.is(loop.cancel(1, 4)));
                    assertEquals(0, loop.cancel(2, 5));
                    assertTrue(Errno.ECANCELED.is(loop.await(2).result()));
                    loop.close(pair);
                });
    }

    @ParameterizedTest
    @EnumSource
    void shouldCancelAMultishot(Machine machine) {
        machine.run(
                loop -> {
                    Pair pair = loop.pair();
                    loop.buffers(4, 4, 64);
                    loop.receiveMultishot(pair.server(), 1, 1);
                    loop.sendAll(pair.client(), 10);
                    assertEquals(10, loop.await(1).result());
                    assertEquals(0, loop.cancel(1, 2));
                    Cqe cqe = loop.await(1);
                    assertTrue(Errno.ECANCELED.is(cqe.result()));
                    assertTrue(CqeFlags.isTerminal(cqe.flags()));
                    loop.close(pair);
                });
    }

    @ParameterizedTest
    @EnumSource
    void shouldCountWhatItCancelsByDescriptor(Machine machine) {
        machine.run(
                loop -> {
                    Pair pair = loop.pair();
                    loop.receive(pair.server(), 100, 1);
                    loop.receive(pair.server(), 100, 2);
                    loop.receive(pair.client(), 100, 3);
                    loop.prepare(Opcode.ASYNC_CANCEL, pair.server(), 4)
                            .opFlags(CancelFlags.FD | CancelFlags.ALL);
                    assertEquals(2, loop.await(4).result());
                    assertTrue(Errno.ECANCELED.is(loop.await(1).result()));
                    assertTrue(Errno.ECANCELED.is(loop.await(2).result()));
                    loop.prepare(Opcode.ASYNC_CANCEL, pair.server(), 5)
                            .opFlags(CancelFlags.FD | CancelFlags.ALL);
                    assertEquals(0, loop.await(5).result());
                    loop.prepare(Opcode.ASYNC_CANCEL, pair.server(), 6).opFlags(CancelFlags.FD);
                    assertTrue(Errno.ENOENT.is(loop.await(6).result()));
                    loop.prepare(Opcode.ASYNC_CANCEL, 5000, 7).opFlags(CancelFlags.FD);
                    assertTrue(Errno.EBADF.is(loop.await(7).result()));
                    loop.close(pair);
                    assertEquals(0, loop.cancel(3, 8));
                });
    }

    @ParameterizedTest
    @EnumSource
    void shouldNotFindTheOperationsOfAnOlderFileWithTheSameNumber(Machine machine) {
        machine.run(
                loop -> {
                    Pair pair = loop.pair();
                    loop.receive(pair.server(), 100, 1);
                    loop.prepare(Opcode.CLOSE, pair.server(), 2);
                    assertEquals(0, loop.await(2).result());
                    int stranger = loop.sockets.stream(SocketNumbers.AF_INET);
                    assertEquals(pair.server(), stranger);
                    loop.prepare(Opcode.ASYNC_CANCEL, stranger, 3).opFlags(CancelFlags.FD);
                    assertTrue(Errno.ENOENT.is(loop.await(3).result()));
                    assertEquals(0, loop.cancel(1, 4));
                    assertTrue(Errno.ECANCELED.is(loop.await(1).result()));
                    loop.sockets.close(stranger);
                });
    }

    @ParameterizedTest
    @EnumSource
    void shouldCancelASendThatWaitsForRoom(Machine machine) {
        machine.run(
                loop -> {
                    Pair pair = loop.pair();
                    fill(loop, pair.client());
                    assertEquals(0, loop.cancel(1, 2));
                    assertTrue(Errno.ECANCELED.is(loop.await(1).result()));
                    loop.close(pair);
                });
    }

    /** Sends as user_data 1 until a send waits. */
    private static void fill(Loop loop, int fd) {
        Cqe cqe;
        do {
            loop.send(fd, 100_000, 1);
            cqe = loop.await(1, QUIET_MILLIS);
        } while (cqe != null);
    }

    @ParameterizedTest
    @EnumSource
    void shouldReportWhatACancelledSendHadSent(Machine machine) {
        machine.run(
                loop -> {
                    Pair pair = loop.pair();
                    int count = 16_000_000;
                    loop.prepare(Opcode.SEND, pair.client(), 1)
                            .addr(loop.arena.allocate(count))
                            .len(count)
                            .opFlags(MSG_WAITALL | SocketNumbers.MSG_NOSIGNAL);
                    assertNull(loop.await(1, QUIET_MILLIS));
                    assertEquals(0, loop.cancel(1, 2));
                    int sent = loop.await(1).result();
                    assertTrue(sent > 0 && sent < count, "sent " + sent);
                    loop.close(pair);
                });
    }

    @ParameterizedTest
    @EnumSource
    void shouldCancelEverything(Machine machine) {
        machine.run(
                loop -> {
                    Pair pair = loop.pair();
                    loop.receive(pair.server(), 100, 1);
                    loop.prepare(Opcode.ACCEPT, pair.listener(), 2);
                    assertNull(loop.await(1, QUIET_MILLIS));
                    loop.prepare(Opcode.ASYNC_CANCEL, -1, 3)
                            .opFlags(CancelFlags.ANY | CancelFlags.ALL);
                    assertTrue(loop.await(3).result() >= 2);
                    assertTrue(Errno.ECANCELED.is(loop.await(1).result()));
                    assertTrue(Errno.ECANCELED.is(loop.await(2).result()));
                    loop.prepare(Opcode.ASYNC_CANCEL, -1, 4)
                            .opFlags(CancelFlags.ANY | CancelFlags.OP);
                    assertTrue(Errno.EINVAL.is(loop.await(4).result()));
                    loop.close(pair);
                });
    }

    @Test
    void shouldLetTheTargetSucceedAfterAll() {
        int[] successes = new int[1];
        int[] cancelFirst = new int[1];
        SimulationFaults faults =
                SimulationFaults.none().with(Fault.LATE_SUCCESS, 0.5).with(Fault.REORDERING, 0.5);
        for (long seed = 0; seed < 100; seed++) {
            try (SimulatedKernel kernel = SimulatedKernel.seeded(seed, faults)) {
                LoopThread.run(
                        kernel,
                        loop -> {
                            Pair pair = loop.pair();
                            loop.sendAll(pair.client(), 10);
                            loop.receive(pair.server(), 100, 1);
                            loop.prepare(Opcode.ASYNC_CANCEL, -1, 2).addr(1);
                            Cqe one = loop.awaitAny();
                            Cqe two = loop.awaitAny();
                            boolean inOrder = one.userData() == 1;
                            int result = (inOrder ? one : two).result();
                            int cancelled = (inOrder ? two : one).result();
                            boolean success = result == 10;
                            assertTrue(success || Errno.ECANCELED.is(result));
                            assertEquals(cancelled == 0, !success);
                            successes[0] += success ? 1 : 0;
                            cancelFirst[0] += inOrder ? 0 : 1;
                            loop.close(pair);
                        });
                kernel.assertNothingLeaked();
            }
        }
        assertTrue(successes[0] > 5 && successes[0] < 95, "successes " + successes[0]);
        assertTrue(cancelFirst[0] > 5 && cancelFirst[0] < 95, "cancel first " + cancelFirst[0]);
    }
}
