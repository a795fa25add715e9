// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.sys.abi.Errno;
import io.uringreactive.sys.abi.Opcode;
import io.uringreactive.sys.abi.SqeFlags;
import io.uringreactive.sys.ring.FileTable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Slots of a ring's table beside, and in place of, plain descriptors. */
class DirectDescriptorTest {
    private static void receive(Loop loop, int slot, long userData) {
        loop.prepare(Opcode.RECV, slot, userData)
                .flags(SqeFlags.FIXED_FILE)
                .addr(loop.arena.allocate(100))
                .len(100);
    }

    @ParameterizedTest
    @EnumSource
    void shouldReachTheFileUntilTheSlotIsEmptied(Machine machine) {
        machine.run(
                loop -> {
                    Loop.Pair pair = loop.pair();
                    FileTable table = loop.ring.fileTable(4);
                    assertEquals(0, table.set(2, pair.server()));
                    loop.sendAll(pair.client(), 10);
                    receive(loop, 2, 1);
                    assertEquals(10, loop.await(1).result());
                    loop.prepare(Opcode.CLOSE, 0, 2).fileIndex(3);
                    assertEquals(0, loop.await(2).result());
                    receive(loop, 2, 3);
                    assertTrue(Errno.EBADF.is(loop.await(3).result()));
                    loop.prepare(Opcode.CLOSE, 0, 4).fileIndex(3);
                    assertTrue(Errno.EBADF.is(loop.await(4).result()));
                    loop.close(pair);
                });
    }

    @ParameterizedTest
    @EnumSource
    void shouldKeepTheConnectionOpenUntilBothAreClosed(Machine machine) {
        machine.run(
                loop -> {
                    Loop.Pair pair = loop.pair();
                    FileTable table = loop.ring.fileTable(1);
                    assertEquals(0, table.set(0, pair.server()));
                    assertEquals(0, loop.sockets.close(pair.server()));
                    loop.sendAll(pair.client(), 10);
                    loop.receive(pair.client(), 100, 1);
                    receive(loop, 0, 2);
                    assertEquals(10, loop.await(2).result());
                    assertEquals(0, table.clear(0));
                    assertEquals(0, loop.await(1).result(), "the end");
                    assertTrue(Errno.EBADF.is(table.set(0, 900_000)));
                    assertTrue(Errno.EINVAL.is(table.set(1, pair.client())));
                    loop.sockets.close(pair.client());
                    loop.sockets.close(pair.listener());
                });
    }
}
