// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.sys.abi.CqeFlags;
import io.uringreactive.sys.abi.Errno;
import io.uringreactive.sys.abi.NetFlags;
import io.uringreactive.sys.abi.Opcode;
import io.uringreactive.sys.abi.SocketNumbers;
import io.uringreactive.sys.abi.SocketOption;
import io.uringreactive.test.Loop.Cqe;
import io.uringreactive.test.Loop.Pair;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** bind(2), listen(2), accept(2), connect(2) and poll(2), on both machines. */
class ListenTest {
    private static final int QUIET_MILLIS = 20;
    private static final int SHUT_RD = 0;

    @ParameterizedTest
    @EnumSource
    void shouldAcceptManyTimes(Machine machine) {
        machine.run(
                loop -> {
                    int listener = loop.listener(0, 16);
                    loop.prepare(Opcode.ACCEPT, listener, 1).ioprio(NetFlags.ACCEPT_MULTISHOT);
                    for (int i = 0; i < 3; i++) {
                        int client = loop.sockets.stream(SocketNumbers.AF_INET);
                        loop.connect(client, loop.port(listener), 2);
                        assertEquals(0, loop.await(2).result());
                        Cqe cqe = loop.await(1);
                        assertTrue(cqe.result() > 0);
                        assertTrue((cqe.flags() & CqeFlags.MORE) != 0);
                        assertEquals(
                                loop.sockets.localAddress(client),
                                loop.sockets.peerAddress(cqe.result()));
                        assertEquals(loop.port(listener), loop.port(cqe.result()));
                        loop.sockets.close(client);
                        loop.sockets.close(cqe.result());
                    }
                    assertEquals(0, loop.cancel(1, 3));
                    assertTrue(Errno.ECANCELED.is(loop.await(1).result()));
                    loop.sockets.close(listener);
                });
    }

    @ParameterizedTest
    @EnumSource
    void shouldNotWaitWhenToldSo(Machine machine) {
        machine.run(
                loop -> {
                    int listener = loop.listener(0, 16);
                    loop.prepare(Opcode.ACCEPT, listener, 1).ioprio(NetFlags.ACCEPT_DONTWAIT);
                    assertTrue(Errno.EAGAIN.is(loop.await(1).result()));
                    int fresh = loop.sockets.stream(SocketNumbers.AF_INET);
                    loop.prepare(Opcode.ACCEPT, fresh, 2);
                    assertTrue(Errno.EINVAL.is(loop.await(2).result()));
                    loop.sockets.close(fresh);
                    loop.sockets.close(listener);
                });
    }

    @ParameterizedTest
    @EnumSource
    void shouldEndAcceptWhenTheListenerIsShutDown(Machine machine) {
        machine.run(
                loop -> {
                    int listener = loop.listener(0, 16);
                    loop.prepare(Opcode.ACCEPT, listener, 1);
                    assertNull(loop.await(1, QUIET_MILLIS));
                    loop.prepare(Opcode.SHUTDOWN, listener, 2).len(SHUT_RD);
                    assertEquals(0, loop.await(2).result());
                    assertTrue(Errno.EINVAL.is(loop.await(1).result()));
                    loop.sockets.close(listener);
                });
    }

    @ParameterizedTest
    @EnumSource
    void shouldResetTheBacklogWhenTheListenerIsClosed(Machine machine) {
        machine.run(
                loop -> {
                    int listener = loop.listener(0, 16);
                    int client = loop.sockets.stream(SocketNumbers.AF_INET);
                    int port = loop.port(listener);
                    loop.connect(client, port, 1);
                    assertEquals(0, loop.await(1).result());
                    loop.sockets.close(listener);
                    loop.receive(client, 10, 2);
                    assertTrue(Errno.ECONNRESET.is(loop.await(2).result()));
                    int late = loop.sockets.stream(SocketNumbers.AF_INET);
                    loop.connect(late, port, 3);
                    assertTrue(Errno.ECONNREFUSED.is(loop.await(3).result()));
                    loop.sockets.close(late);
                    loop.sockets.close(client);
                });
    }

    @ParameterizedTest
    @EnumSource
    void shouldShareAPortOnlyAmongThoseThatAgree(Machine machine) {
        machine.run(
                loop -> {
                    int first = loop.sockets.stream(SocketNumbers.AF_INET);
                    assertEquals(0, loop.sockets.set(first, SocketOption.SO_REUSEADDR, 1));
                    assertEquals(0, loop.sockets.bind(first, Loop.loopback(0)));
                    assertEquals(0, loop.sockets.set(first, SocketOption.SO_REUSEPORT, 1));
                    assertEquals(0, loop.sockets.listen(first, 16));
                    int port = loop.port(first);

                    int second = loop.sockets.stream(SocketNumbers.AF_INET);
                    loop.sockets.set(second, SocketOption.SO_REUSEADDR, 1);
                    loop.sockets.set(second, SocketOption.SO_REUSEPORT, 1);
                    assertEquals(0, loop.sockets.bind(second, Loop.loopback(port)));
                    assertEquals(0, loop.sockets.listen(second, 16));

                    int third = loop.sockets.stream(SocketNumbers.AF_INET);
                    loop.sockets.set(third, SocketOption.SO_REUSEADDR, 1);
                    int bound = loop.sockets.bind(third, Loop.loopback(port));
                    assertTrue(Errno.EADDRINUSE.is(bound), Errno.name(bound));
                    loop.sockets.close(first);
                    loop.sockets.close(second);
                    loop.sockets.close(third);
                });
    }

    @ParameterizedTest
    @EnumSource
    void shouldLetTwoBindButOnlyOneListenWithReuseAddress(Machine machine) {
        machine.run(
                loop -> {
                    int first = loop.sockets.stream(SocketNumbers.AF_INET);
                    loop.sockets.set(first, SocketOption.SO_REUSEADDR, 1);
                    assertEquals(0, loop.sockets.bind(first, Loop.loopback(0)));
                    int second = loop.sockets.stream(SocketNumbers.AF_INET);
                    loop.sockets.set(second, SocketOption.SO_REUSEADDR, 1);
                    assertEquals(0, loop.sockets.bind(second, Loop.loopback(loop.port(first))));
                    assertEquals(0, loop.sockets.listen(first, 16));
                    assertTrue(Errno.EADDRINUSE.is(loop.sockets.listen(second, 16)));
                    loop.sockets.close(first);
                    loop.sockets.close(second);
                });
    }

    @ParameterizedTest
    @EnumSource
    void shouldKeepAClientWaitingWhileTheBacklogIsFull(Machine machine) {
        machine.run(
                loop -> {
                    int listener = loop.listener(0, 1);
                    int[] clients = new int[3];
                    for (int i = 0; i < 3; i++) {
                        clients[i] = loop.sockets.stream(SocketNumbers.AF_INET);
                        loop.connect(clients[i], loop.port(listener), 10 + i);
                        assertEquals(i == 2, loop.await(10 + i, QUIET_MILLIS) == null);
                    }
                    loop.prepare(Opcode.ACCEPT, listener, 1);
                    Cqe accepted = loop.await(1);
                    assertTrue(accepted.result() > 0);
                    assertEquals(0, loop.await(12).result());
                    for (int client : clients) {
                        loop.sockets.close(client);
                    }
                    loop.sockets.close(accepted.result());
                    loop.sockets.close(listener);
                });
    }

    @ParameterizedTest
    @EnumSource
    void shouldPoll(Machine machine) {
        machine.run(
                loop -> {
                    Pair pair = loop.pair();
                    loop.prepare(Opcode.POLL_ADD, pair.server(), 1).opFlags(SocketNumbers.POLLIN);
                    assertNull(loop.await(1, QUIET_MILLIS));
                    loop.sendAll(pair.client(), 10);
                    assertEquals(SocketNumbers.POLLIN, loop.await(1).result());
                    loop.close(pair);
                });
    }

    @ParameterizedTest
    @EnumSource
    void shouldMakeSocketsByARing(Machine machine) {
        machine.run(
                loop -> {
                    loop.prepare(Opcode.SOCKET, SocketNumbers.AF_INET, 1)
                            .off(SocketNumbers.SOCK_STREAM);
                    int fd = loop.await(1).result();
                    assertTrue(fd > 0);
                    assertEquals(0, loop.sockets.bind(fd, Loop.loopback(0)));
                    assertNotNull(loop.sockets.localAddress(fd));
                    assertNull(loop.sockets.peerAddress(fd));
                    loop.sockets.close(fd);
                });
    }
}
