// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.sys.abi.CqeFlags;
import io.uringreactive.sys.abi.NetFlags;
import io.uringreactive.test.Loop.Cqe;
import io.uringreactive.test.Loop.Pair;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Receives that fill several buffers for one CQE (RECVSEND_BUNDLE), on both machines. */
class BundleTest {
    private static final int BUNDLE = NetFlags.RECV_MULTISHOT | NetFlags.BUNDLE;
    private static final int BUFFER = 64;

    /** Of ids from 0 in order of publication: every CQE names the one after those before it. */
    private static int receive(Loop loop, int bytes, int userData) {
        int next = 0;
        int total = 0;
        while (total < bytes) {
            Cqe cqe = loop.await(userData);
            assertTrue(cqe.result() > 0, "result " + cqe.result());
            assertEquals(next, CqeFlags.bufferId(cqe.flags()));
            next += (cqe.result() + BUFFER - 1) / BUFFER;
            total += cqe.result();
        }
        assertEquals(bytes, total);
        return next;
    }

    @ParameterizedTest
    @EnumSource
    void shouldCoverConsecutiveBuffersInTheOrderOfTheirPublication(Machine machine) {
        machine.run(
                loop -> {
                    Pair pair = loop.pair();
                    loop.buffers(64, 64, BUFFER);
                    loop.sendAll(pair.client(), 1000);
                    loop.receiveSelect(pair.server(), 1, 1).ioprio(BUNDLE);
                    assertTrue(receive(loop, 1000, 1) >= 16);
                    loop.close(pair);
                });
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeExactAboutItsCredit(Machine machine) {
        machine.run(
                loop -> {
                    Pair pair = loop.pair();
                    loop.buffers(64, 64, BUFFER);
                    loop.sendAll(pair.client(), 1000);
                    loop.receiveSelect(pair.server(), 1, 1).ioprio(BUNDLE).fileIndex(300);
                    int total = 0;
                    Cqe cqe;
                    do {
                        cqe = loop.await(1);
                        total += cqe.result();
                    } while (!CqeFlags.isTerminal(cqe.flags()));
                    assertEquals(300, total);
                    loop.close(pair);
                });
    }

    @ParameterizedTest
    @EnumSource
    void shouldEndWithTheDataThatTookTheLastBuffer(Machine machine) {
        machine.run(
                loop -> {
                    Pair pair = loop.pair();
                    loop.buffers(4, 4, BUFFER);
                    loop.sendAll(pair.client(), 1000);
                    loop.receiveSelect(pair.server(), 1, 1).ioprio(BUNDLE);
                    int total = 0;
                    Cqe last;
                    do {
                        last = loop.await(1);
                        total += last.result();
                    } while (!CqeFlags.isTerminal(last.flags()));
                    // The one that took the last buffer is itself the end: no error follows it.
                    assertTrue(last.result() > 0, "" + last);
                    assertEquals(4 * BUFFER, total);
                    assertNull(loop.await(1, 20));
                    loop.close(pair);
                });
    }

    @ParameterizedTest
    @EnumSource
    void shouldGoOnWhileABufferIsLeft(Machine machine) {
        machine.run(
                loop -> {
                    Pair pair = loop.pair();
                    loop.buffers(4, 4, BUFFER);
                    loop.receiveSelect(pair.server(), 1, 1).ioprio(BUNDLE);
                    for (int bytes : new int[] {10, BUFFER + 10}) {
                        loop.sendAll(pair.client(), bytes);
                        Cqe cqe = loop.await(1);
                        assertEquals(bytes, cqe.result());
                        assertFalse(CqeFlags.isTerminal(cqe.flags()));
                    }
                    loop.close(pair);
                });
    }
}
