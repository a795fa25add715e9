// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.uringreactive.sys.abi.Layouts.Buf;
import io.uringreactive.sys.abi.Layouts.BufReg;
import io.uringreactive.sys.abi.RegisterOps;
import io.uringreactive.sys.libc.Calls;
import io.uringreactive.sys.libc.Native;
import io.uringreactive.sys.libc.RingCalls;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/**
 * {@link BufferRing} on the running kernel: an array of {@code struct io_uring_buf} whose tail
 * overlays the first entry's {@code resv} field, so entries are written field by field and never
 * zeroed. Confined to the ring's thread; the kernel is the only reader.
 */
final class KernelBufferRing implements BufferRing {
    private static final VarHandle SHORT = JAVA_SHORT.varHandle();

    /** The kernel's limit on entries (io_uring_register_buf_ring(3)). */
    private static final int ENTRIES_MAX = 32_768;

    private static final int GROUP_MAX = 0xFFFF;

    private final RingCalls calls;
    private final int ringFd;
    private final int group;
    private final int mask;
    private final MemorySegment entries;
    private int tail;

    private KernelBufferRing(
            RingCalls calls, int ringFd, int group, int count, MemorySegment entries) {
        this.calls = calls;
        this.ringFd = ringFd;
        this.group = group;
        this.mask = count - 1;
        this.entries = entries;
    }

    static KernelBufferRing register(RingCalls calls, int ringFd, int group, int count) {
        if (group < 0 || group > GROUP_MAX) {
            throw new IllegalArgumentException("buffer group must be 0 to 65535: " + group);
        }
        if (count < 1 || count > ENTRIES_MAX || Integer.bitCount(count) != 1) {
            throw new IllegalArgumentException(
                    "buffer ring entries must be a power of two up to 32768: " + count);
        }
        long bytes = (long) count * Buf.SIZE;
        long address = Calls.mapAnonymous(bytes);
        if (address < 0) {
            throw Diagnosis.explain("mmap of a buffer ring", (int) address, SystemFacts.read());
        }
        int result = call(calls, ringFd, RegisterOps.PBUF_RING, group, address, count);
        if (result < 0) {
            int unmapped = Calls.unmap(address, bytes);
            assert unmapped == 0 : "munmap: " + unmapped;
            throw Diagnosis.explain("IORING_REGISTER_PBUF_RING", result, SystemFacts.read());
        }
        return new KernelBufferRing(calls, ringFd, group, count, Native.memory(address, bytes));
    }

    private static int call(
            RingCalls calls, int ringFd, int operation, int group, long address, int count) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment register = arena.allocate(BufReg.SIZE, Long.BYTES);
            register.set(JAVA_LONG, BufReg.RING_ADDR, address);
            register.set(JAVA_INT, BufReg.RING_ENTRIES, count);
            register.set(JAVA_SHORT, BufReg.BGID, (short) group);
            return calls.register(ringFd, operation, register.address(), 1);
        }
    }

    @Override
    public int group() {
        return group;
    }

    @Override
    public void provide(long address, int bytes, int bufferId) {
        long entry = (long) (tail++ & mask) * Buf.SIZE;
        entries.set(JAVA_LONG, entry + Buf.ADDR, address);
        entries.set(JAVA_INT, entry + Buf.LEN, bytes);
        entries.set(JAVA_SHORT, entry + Buf.BID, (short) bufferId);
    }

    @Override
    public void publish() {
        // Release pairs with the kernel's acquire of the tail: it sees the entries whole.
        SHORT.setRelease(entries, (long) Buf.RING_TAIL, (short) tail);
    }

    @Override
    public void close() {
        int result = call(calls, ringFd, RegisterOps.UNREGISTER_PBUF_RING, group, 0, 0);
        if (result < 0) {
            throw new IllegalStateException("IORING_UNREGISTER_PBUF_RING: " + result);
        }
        int unmapped = Calls.unmap(entries.address(), entries.byteSize());
        assert unmapped == 0 : "munmap: " + unmapped;
    }
}
