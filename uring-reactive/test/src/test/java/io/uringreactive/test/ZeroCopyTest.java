// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.sys.abi.CqeFlags;
import io.uringreactive.sys.abi.NetFlags;
import io.uringreactive.sys.abi.Opcode;
import io.uringreactive.sys.abi.SocketNumbers;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A zero-copy send's result, and the CQE behind it that gives its memory back. */
class ZeroCopyTest {
    private static final int BYTES = 1000;

    private static MemorySegment send(Loop loop, int fd, long userData) {
        MemorySegment memory = loop.bytes(BYTES);
        loop.prepare(Opcode.SEND_ZC, fd, userData)
                .addr(memory)
                .len(BYTES)
                .ioprio(NetFlags.SEND_ZC_REPORT_USAGE)
                .opFlags(SocketNumbers.MSG_NOSIGNAL);
        return memory;
    }

    @ParameterizedTest
    @EnumSource
    void shouldTellItsResultAndThenThatTheMemoryIsFree(Machine machine) {
        machine.run(
                loop -> {
                    Loop.Pair pair = loop.pair();
                    send(loop, pair.client(), 1);
                    Loop.Cqe result = loop.await(1);
                    assertTrue(result.result() > 0, result::toString);
                    assertEquals(CqeFlags.MORE, result.flags() & CqeFlags.MORE);
                    loop.receive(pair.server(), BYTES, 2);
                    assertEquals(result.result(), loop.await(2).result());
                    Loop.Cqe free = loop.await(1);
                    assertEquals(CqeFlags.NOTIF, free.flags() & (CqeFlags.NOTIF | CqeFlags.MORE));
                    int said = free.result() & ~NetFlags.NOTIF_USAGE_ZC_COPIED;
                    assertEquals(0, said, "nothing but whether it was copied");
                    loop.close(pair);
                });
    }

    @Test
    void shouldFindMemoryThatChangesBeforeItIsFree() {
        int found = 0;
        for (long seed = 0; seed < 40; seed++) {
            try (SimulatedKernel kernel = SimulatedKernel.seeded(seed)) {
                LoopThread.run(kernel, ZeroCopyTest::sendAndChange);
            } catch (AssertionError e) {
                String message = String.valueOf(e.getMessage());
                assertTrue(message.contains("changed before its NOTIF"), message);
                found++;
            }
        }
        assertTrue(found > 5, found + " of 40: in the others it was free already");
    }

    private static void sendAndChange(Loop loop) {
        Loop.Pair pair = loop.pair();
        MemorySegment memory = send(loop, pair.client(), 1);
        loop.await(1);
        memory.set(JAVA_BYTE, 0, (byte) 77);
        loop.await(1);
    }
}
