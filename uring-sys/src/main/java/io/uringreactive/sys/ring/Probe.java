package io.uringreactive.sys.ring;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.uringreactive.sys.abi.Errno;
import io.uringreactive.sys.abi.Layouts;
import io.uringreactive.sys.abi.NetFlags;
import io.uringreactive.sys.abi.Opcode;
import io.uringreactive.sys.abi.RegisterOps;
import io.uringreactive.sys.abi.SqeFlags;
import io.uringreactive.sys.libc.RingCalls;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;

/** Finds out by trying what the kernel grants, on a small ring of its own. */
final class Probe {
    private static final RingConfig SMALL = new RingConfig(8, 16);
    private static final int OPS_MAX = 256;

    static RingFeatures run(LinuxKernel kernel) {
        RingMemory memory = kernel.map(SMALL);
        KernelRing ring = KernelRing.open(memory, basic(memory));
        RingFeatures basic = ring.features();
        try {
            ring.enable();
            return new RingFeatures(
                    basic.setupFlags(), basic.featureBits(), basic.opcodes(), receiveCredit(ring));
        } finally {
            ring.close();
        }
    }

    /** What the set-up told and the kernel answers; a failure takes the ring back. */
    private static RingFeatures basic(RingMemory memory) {
        try {
            BitSet opcodes = opcodes(memory.fd());
            return new RingFeatures(memory.setupFlags(), memory.featureBits(), opcodes, false);
        } catch (RuntimeException | Error e) {
            memory.close();
            throw e;
        }
    }

    /** io_uring_register(2), IORING_REGISTER_PROBE. Works on a disabled ring too. */
    private static BitSet opcodes(int fd) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment probe =
                    arena.allocate(
                            Layouts.Probe.OPS + (long) OPS_MAX * Layouts.Probe.OP_SIZE, Long.BYTES);
            int result = new RingCalls().register(fd, RegisterOps.PROBE, probe.address(), OPS_MAX);
            if (result < 0) {
                throw Diagnosis.explain("IORING_REGISTER_PROBE", result, SystemFacts.read());
            }
            BitSet known = new BitSet();
            int last = Byte.toUnsignedInt(probe.get(JAVA_BYTE, Layouts.Probe.LAST_OP));
            for (int op = 0; op <= last; op++) {
                long flags = Layouts.Probe.OPS + (long) op * Layouts.Probe.OP_SIZE;
                int bits = probe.get(JAVA_BYTE, flags + Layouts.Probe.OP_FLAGS);
                known.set(op, (bits & Layouts.Probe.OP_SUPPORTED) != 0);
            }
            return known;
        }
    }

    /**
     * No feature bit tells: a kernel before 6.17 refuses {@code optlen} on a multishot receive with
     * EINVAL, a newer one gets as far as the descriptor, which is none: EBADF.
     */
    private static boolean receiveCredit(KernelRing ring) {
        ring.reserve()
                .opcode(Opcode.RECV)
                .fd(-1)
                .flags(SqeFlags.BUFFER_SELECT)
                .ioprio(NetFlags.RECV_MULTISHOT)
                .len(1)
                .fileIndex(1);
        int[] outcome = new int[1];
        int drained = 0;
        while (drained == 0) {
            ring.enter(Long.MAX_VALUE);
            drained = ring.drain((userData, result, flags) -> outcome[0] = result, 1);
        }
        return Errno.EBADF.is(outcome[0]);
    }

    private Probe() {}
}
