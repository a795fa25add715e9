// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.uringreactive.sys.abi.Errno;
import io.uringreactive.sys.abi.Layouts.IoVec;
import io.uringreactive.sys.abi.RegisterLayouts.RsrcUpdate2;
import io.uringreactive.sys.abi.RegisterOps;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** {@link BufferTable} on the running kernel. */
final class KernelBufferTable implements BufferTable {
    private final Registration ring;
    private final int slots;

    private KernelBufferTable(Registration ring, int slots) {
        this.ring = ring;
        this.slots = slots;
    }

    static KernelBufferTable register(Registration ring, int slots) {
        int result = ring.sparse("bufferTable", RegisterOps.BUFFERS2, slots);
        Registration.requireDone("IORING_REGISTER_BUFFERS2", result);
        return new KernelBufferTable(ring, slots);
    }

    @Override
    public int slots() {
        return slots;
    }

    @Override
    public int set(int slot, MemorySegment memory) {
        if (!memory.isNative()) {
            throw new IllegalArgumentException(
                    "the kernel cannot reach memory on the heap: " + memory);
        }
        int result = update(slot, memory.address(), memory.byteSize());
        if (Errno.ENOMEM.is(result)) {
            throw Diagnosis.explain("IORING_REGISTER_BUFFERS_UPDATE", result, SystemFacts.read());
        }
        return result;
    }

    @Override
    public int clear(int slot) {
        return update(slot, 0, 0);
    }

    private int update(int slot, long address, long bytes) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment vector = arena.allocate(IoVec.SIZE, Long.BYTES);
            vector.set(JAVA_LONG, IoVec.BASE, address);
            vector.set(JAVA_LONG, IoVec.LEN, bytes);
            MemorySegment update = arena.allocate(RsrcUpdate2.SIZE, Long.BYTES);
            update.set(JAVA_INT, RsrcUpdate2.OFFSET, slot);
            update.set(JAVA_LONG, RsrcUpdate2.DATA, vector.address());
            update.set(JAVA_INT, RsrcUpdate2.NR, 1);
            int operation = RegisterOps.BUFFERS_UPDATE;
            // The kernel answers with the number of slots that it has updated.
            return Math.min(0, ring.call("set", operation, update.address(), RsrcUpdate2.SIZE));
        }
    }

    @Override
    public void close() {
        int result = ring.call("close of a buffer table", RegisterOps.UNREGISTER_BUFFERS, 0, 0);
        Registration.requireDone("IORING_UNREGISTER_BUFFERS", result);
    }
}
