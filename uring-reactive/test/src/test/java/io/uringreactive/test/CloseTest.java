// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.sys.abi.Errno;
import io.uringreactive.sys.abi.Opcode;
import io.uringreactive.sys.abi.SocketNumbers;
import io.uringreactive.test.Loop.Pair;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How connections end, on both machines. */
class CloseTest {
    private static final int QUIET_MILLIS = 20;

    @ParameterizedTest
    @EnumSource
    void shouldDeliverWhatWasSentBeforeTheClose(Machine machine) {
        machine.run(
                loop -> {
                    Pair pair = loop.pair();
                    loop.sendAll(pair.client(), 10);
                    loop.prepare(Opcode.CLOSE, pair.client(), 1);
                    assertEquals(0, loop.await(1).result());
                    assertNull(loop.await(9, QUIET_MILLIS));
                    loop.receive(pair.server(), 100, 2);
                    assertEquals(10, loop.await(2).result());
                    loop.receive(pair.server(), 100, 3);
                    assertEquals(0, loop.await(3).result());
                    loop.receive(pair.server(), 100, 4);
                    assertEquals(0, loop.await(4).result());
                });
    }

    @ParameterizedTest
    @EnumSource
    void shouldResetWhenClosedWithUnreadInput(Machine machine) {
        machine.run(
                loop -> {
                    Pair pair = loop.pair();
                    loop.sendAll(pair.client(), 10);
                    assertNull(loop.await(9, QUIET_MILLIS));
                    assertEquals(0, loop.sockets.close(pair.server()));
                    loop.receive(pair.client(), 100, 1);
                    assertTrue(Errno.ECONNRESET.is(loop.await(1).result()));
                    loop.receive(pair.client(), 100, 2);
                    assertEquals(0, loop.await(2).result());
                    loop.send(pair.client(), 10, 3);
                    assertTrue(Errno.EPIPE.is(loop.await(3).result()));
                });
    }

    @ParameterizedTest
    @EnumSource
    void shouldReadWhatArrivedBeforeTheReset(Machine machine) {
        machine.run(
                loop -> {
                    Pair pair = loop.pair();
                    loop.sendAll(pair.client(), 10);
                    assertNull(loop.await(9, QUIET_MILLIS));
                    assertEquals(0, loop.sockets.resetOnClose(pair.client()));
                    assertEquals(0, loop.sockets.close(pair.client()));
                    assertNull(loop.await(9, QUIET_MILLIS));
                    loop.receive(pair.server(), 100, 1);
                    assertEquals(10, loop.await(1).result());
                    loop.send(pair.server(), 10, 2);
                    assertTrue(Errno.ECONNRESET.is(loop.await(2).result()));
                    loop.send(pair.server(), 10, 3);
                    assertTrue(Errno.EPIPE.is(loop.await(3).result()));
                    assertNull(loop.sockets.peerAddress(pair.server()));
                });
    }

    @ParameterizedTest
    @EnumSource
    void shouldReportAResetAfterTheEndAsBrokenPipe(Machine machine) {
        machine.run(
                loop -> {
                    Pair pair = loop.pair();
                    loop.prepare(Opcode.SHUTDOWN, pair.client(), 1).len(SocketNumbers.SHUT_WR);
                    assertEquals(0, loop.await(1).result());
                    loop.receive(pair.server(), 100, 2);
                    assertEquals(0, loop.await(2).result());
                    assertEquals(0, loop.sockets.resetOnClose(pair.client()));
                    assertEquals(0, loop.sockets.close(pair.client()));
                    assertNull(loop.await(9, QUIET_MILLIS));
                    loop.receive(pair.server(), 100, 3);
                    assertEquals(0, loop.await(3).result());
                    loop.send(pair.server(), 10, 4);
                    assertTrue(Errno.EPIPE.is(loop.await(4).result()));
                });
    }

    @ParameterizedTest
    @EnumSource
    void shouldResetWhoSendsToAClosedSocket(Machine machine) {
        machine.run(
                loop -> {
                    Pair pair = loop.pair();
                    assertEquals(0, loop.sockets.close(pair.server()));
                    assertNull(loop.await(9, QUIET_MILLIS));
                    loop.send(pair.client(), 10, 1);
                    assertEquals(10, loop.await(1).result());
                    assertNull(loop.await(9, QUIET_MILLIS));
                    loop.send(pair.client(), 10, 2);
                    assertTrue(Errno.EPIPE.is(loop.await(2).result()));
                    loop.receive(pair.client(), 100, 3);
                    assertEquals(0, loop.await(3).result());
                });
    }

    @ParameterizedTest
    @EnumSource
    void shouldCloseHalfAConnection(Machine machine) {
        machine.run(
                loop -> {
                    Pair pair = loop.pair();
                    loop.prepare(Opcode.SHUTDOWN, pair.client(), 1).len(SocketNumbers.SHUT_WR);
                    assertEquals(0, loop.await(1).result());
                    loop.send(pair.client(), 10, 2);
                    assertTrue(Errno.EPIPE.is(loop.await(2).result()));
                    loop.receive(pair.server(), 100, 3);
                    assertEquals(0, loop.await(3).result());
                    loop.sendAll(pair.server(), 10);
                    loop.receive(pair.client(), 100, 4);
                    assertEquals(10, loop.await(4).result());
                    loop.close(pair);
                });
    }

    @ParameterizedTest
    @EnumSource
    void shouldKeepTheFileForOperationsInFlight(Machine machine) {
        machine.run(
                loop -> {
                    Pair pair = loop.pair();
                    loop.receive(pair.server(), 100, 1);
                    loop.receive(pair.client(), 100, 2);
                    loop.prepare(Opcode.CLOSE, pair.server(), 3);
                    assertEquals(0, loop.await(3).result());
                    assertNull(loop.await(2, QUIET_MILLIS), "no end while a receive holds on");

                    int stranger = loop.sockets.stream(SocketNumbers.AF_INET);
                    assertEquals(pair.server(), stranger, "the number is free at once");
                    loop.send(pair.client(), 10, 4);
                    assertEquals(10, loop.await(4).result());
                    assertEquals(10, loop.await(1).result());
                    assertEquals(0, loop.await(2).result());
                    loop.sockets.close(stranger);
                });
    }

    @ParameterizedTest
    @EnumSource
    void shouldRefuseWhatIsNotThere(Machine machine) {
        machine.run(
                loop -> {
                    loop.prepare(Opcode.CLOSE, 5000, 1);
                    assertTrue(Errno.EBADF.is(loop.await(1).result()));
                    assertTrue(Errno.EBADF.is(loop.sockets.close(5000)));
                    int fresh = loop.sockets.stream(SocketNumbers.AF_INET);
                    loop.prepare(Opcode.SHUTDOWN, fresh, 2).len(SocketNumbers.SHUT_WR);
                    assertTrue(Errno.ENOTCONN.is(loop.await(2).result()));
                    loop.send(fresh, 1, 3);
                    assertTrue(Errno.EPIPE.is(loop.await(3).result()));
                    loop.receive(fresh, 1, 4);
                    assertTrue(Errno.ENOTCONN.is(loop.await(4).result()));
                    loop.prepare(200, -1, 5);
                    assertTrue(Errno.EINVAL.is(loop.await(5).result()));
                    loop.prepare(Opcode.NOP, -1, 6);
                    assertEquals(0, loop.await(6).result());
                    assertNotEquals(fresh, loop.sockets.stream(SocketNumbers.AF_INET));
                    loop.sockets.close(fresh);
                    loop.sockets.close(fresh + 1);
                });
    }
}
