// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.uringreactive.sys.abi.Errno;
import io.uringreactive.sys.abi.Features;
import io.uringreactive.sys.abi.Layouts;
import io.uringreactive.sys.abi.NetFlags;
import io.uringreactive.sys.abi.Opcode;
import io.uringreactive.sys.abi.RegisterFlags;
import io.uringreactive.sys.abi.RegisterLayouts.FileIndexRange;
import io.uringreactive.sys.abi.RegisterLayouts.RsrcRegister;
import io.uringreactive.sys.abi.RegisterOps;
import io.uringreactive.sys.abi.SqeFlags;
import io.uringreactive.sys.libc.RingCalls;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

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
                    basic.setupFlags(),
                    basic.featureBits(),
                    basic.opcodes(),
                    receiveCredit(ring),
                    tried(memory, ring));
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

    private static Set<RingFeature> tried(RingMemory memory, KernelRing ring) {
        int fd = memory.fd();
        RingCalls calls = new RingCalls();
        Map<RingFeature, BooleanSupplier> trials = new EnumMap<>(RingFeature.class);
        trials.put(RingFeature.REGISTERED_RING, () -> ring.concessions().isEmpty());
        trials.put(RingFeature.ZERO_COPY_SEND, () -> zeroCopySend(ring));
        trials.put(RingFeature.FILE_TABLE, () -> sparse(calls, fd, RegisterOps.FILES2));
        // Tried in the order of the enum: a range needs a table.
        trials.put(RingFeature.FILE_ALLOC_RANGE, () -> allocationRange(calls, fd));
        trials.put(RingFeature.PROMPT_FILE_TABLE, () -> !SystemFacts.read().kernelOlderThan(6, 13));
        trials.put(RingFeature.BUFFER_TABLE, () -> sparse(calls, fd, RegisterOps.BUFFERS2));
        trials.put(RingFeature.BUSY_POLL, () -> isKnown(calls, fd, RegisterOps.NAPI));
        trials.put(RingFeature.RESIZE, () -> isKnown(calls, fd, RegisterOps.RESIZE_RINGS));
        trials.put(RingFeature.REGISTERED_WAIT, () -> isKnown(calls, fd, RegisterOps.MEM_REGION));
        trials.put(RingFeature.RECEIVE_BUNDLES, () -> soundBundles(memory.featureBits()));
        trials.put(RingFeature.QUERY, () -> KernelQuery.ask(calls) != null);
        Set<RingFeature> found = EnumSet.noneOf(RingFeature.class);
        trials.forEach(
                (feature, trial) -> {
                    if (trial.getAsBoolean()) {
                        found.add(feature);
                    }
                });
        return found;
    }

    /** That the kernel knows them is told by a bit; whether they are sound only by its age. */
    private static boolean soundBundles(int featureBits) {
        return (featureBits & Features.RECVSEND_BUNDLE) != 0
                && !SystemFacts.read().kernelOlderThan(6, 15);
    }

    /** A table of one slot, which goes with the ring. */
    private static boolean sparse(RingCalls calls, int fd, int operation) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment register = arena.allocate(RsrcRegister.SIZE, Long.BYTES);
            register.set(JAVA_INT, RsrcRegister.NR, 1);
            register.set(JAVA_INT, RsrcRegister.FLAGS, RegisterFlags.RSRC_SPARSE);
            return calls.register(fd, operation, register.address(), RsrcRegister.SIZE) >= 0;
        }
    }

    private static boolean allocationRange(RingCalls calls, int fd) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment range = arena.allocate(FileIndexRange.SIZE, Long.BYTES);
            range.set(JAVA_INT, FileIndexRange.LEN, 1);
            return calls.register(fd, RegisterOps.FILE_ALLOC_RANGE, range.address(), 0) >= 0;
        }
    }

    /**
     * A kernel that knows the operation reads its argument first and finds nothing there (-EFAULT);
     * one that does not says -EINVAL. Nothing happens to the ring.
     */
    private static boolean isKnown(RingCalls calls, int fd, int operation) {
        long nowhere = 1;
        return Errno.EFAULT.is(calls.register(fd, operation, nowhere, 1));
    }

    /**
     * No feature bit tells: a kernel before 6.17 refuses {@code optlen} on a multishot receive with
     * EINVAL, a newer one gets as far as the descriptor, which is none.
     */
    private static boolean receiveCredit(KernelRing ring) {
        ring.reserve()
                .opcode(Opcode.RECV)
                .fd(-1)
                .flags(SqeFlags.BUFFER_SELECT)
                .ioprio(NetFlags.RECV_MULTISHOT)
                .len(1)
                .fileIndex(1);
        return getsAsFarAsTheDescriptor(ring);
    }

    /** The same with a flag that kernels before 6.2 do not know. */
    private static boolean zeroCopySend(KernelRing ring) {
        ring.reserve().opcode(Opcode.SEND_ZC).fd(-1).ioprio(NetFlags.SEND_ZC_REPORT_USAGE);
        return getsAsFarAsTheDescriptor(ring);
    }

    private static boolean getsAsFarAsTheDescriptor(KernelRing ring) {
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
