// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.sys.abi.CqeFlags;
import io.uringreactive.sys.abi.Opcode;
import io.uringreactive.sys.ring.BufferRing;
import io.uringreactive.test.Loop.Pair;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

/** What was not given back, and what was given back twice. */
class LeakTest {
    @Test
    void shouldFindLeaks() {
        try (SimulatedKernel kernel = SimulatedKernel.seeded(5)) {
            LoopThread.run(
                    kernel,
                    loop -> {
                        Pair pair = loop.pair();
                        loop.receive(pair.server(), 10, 1);
                        loop.prepare(Opcode.NOP, -1, 2);
                        loop.await(2);
                        loop.sockets.close(pair.client());
                        loop.sockets.close(pair.listener());
                    });
            AssertionError error = assertThrows(AssertionError.class, kernel::assertNothingLeaked);
            String message = String.valueOf(error.getMessage());
            assertTrue(message.contains("closed with 1 operations in flight"), message);
            assertTrue(message.contains("fd 6: socket"), message);
            assertTrue(message.contains("seed 5"), message);
        }
    }

    @Test
    void shouldFindADoubleRecycle() {
        try (SimulatedKernel kernel = SimulatedKernel.seeded(6)) {
            LoopThread loop =
                    LoopThread.start(
                            kernel,
                            script -> {
                                BufferRing buffers = script.buffers(4, 2, 64);
                                MemorySegment memory = script.arena.allocate(64);
                                buffers.provide(memory.address(), 64, 1);
                            });
            AssertionError error =
                    assertThrows(AssertionError.class, () -> kernel.run(loop::isDone));
            String message = String.valueOf(error.getMessage());
            assertTrue(message.contains("double recycle of buffer 1"), message);
        }
    }

    @Test
    void shouldCountTheBuffersThatAreHeld() {
        try (SimulatedKernel kernel = SimulatedKernel.seeded(7)) {
            LoopThread.run(
                    kernel,
                    loop -> {
                        Pair pair = loop.pair();
                        BufferRing buffers = loop.buffers(4, 4, 64);
                        loop.sendAll(pair.client(), 100);
                        loop.receiveSelect(pair.server(), 1, 1);
                        assertEquals(0, CqeFlags.bufferId(loop.await(1).flags()));
                        loop.close(pair);
                        buffers.close();
                    });
            kernel.assertNothingLeaked();
            kernel.assertHeldBuffers(1);
            assertThrows(AssertionError.class, () -> kernel.assertHeldBuffers(0));
        }
    }

    @Test
    void shouldFindABufferRingThatIsClosedUnderAReceive() {
        try (SimulatedKernel kernel = SimulatedKernel.seeded(8)) {
            LoopThread loop =
                    LoopThread.start(
                            kernel,
                            script -> {
                                Pair pair = script.pair();
                                BufferRing buffers = script.buffers(4, 4, 64);
                                script.receiveMultishot(pair.server(), 1, 1);
                                script.ring.enter(0);
                                buffers.close();
                            });
            AssertionError error =
                    assertThrows(AssertionError.class, () -> kernel.run(loop::isDone));
            String message = String.valueOf(error.getMessage());
            assertTrue(message.contains("receives may still pick from it"), message);
        }
    }

    @Test
    void shouldOverwriteWhatIsReadAfterItWasGivenBack() {
        try (SimulatedKernel kernel = SimulatedKernel.seeded(9)) {
            LoopThread.run(
                    kernel,
                    loop -> {
                        BufferRing buffers = loop.ring.bufferRing(2, 4);
                        MemorySegment memory = loop.bytes(8);
                        byte before = memory.get(ValueLayout.JAVA_BYTE, 3);
                        buffers.provide(memory.address(), 8, 0);
                        buffers.publish();
                        assertTrue(before != memory.get(ValueLayout.JAVA_BYTE, 3));
                        buffers.close();
                    });
            kernel.assertNothingLeaked();
        }
    }
}
