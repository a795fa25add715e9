// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.uringreactive.sys.abi.Errno;
import io.uringreactive.sys.abi.Layouts.Restriction;
import io.uringreactive.sys.abi.RegisterOps;
import io.uringreactive.sys.abi.RestrictionOps;
import io.uringreactive.sys.libc.RingCalls;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;

/**
 * What a ring may ever be asked for (IORING_REGISTER_RESTRICTIONS, Linux 5.10,
 * io_uring_register(2)). Registered while the ring is disabled, in force from the moment that it is
 * enabled, and never lifted: the kernel refuses everything else with -EACCES. Immutable.
 */
public final class RingRestrictions {
    /** A ring that may be asked for anything. */
    public static final RingRestrictions NONE =
            new RingRestrictions(new BitSet(), 0, new BitSet(), false);

    private final BitSet opcodes;
    private final int sqeFlags;
    private final BitSet registrations;
    private final boolean restricted;

    private RingRestrictions(
            BitSet opcodes, int sqeFlags, BitSet registrations, boolean restricted) {
        this.opcodes = opcodes;
        this.sqeFlags = sqeFlags;
        this.registrations = registrations;
        this.restricted = restricted;
    }

    /**
     * Only these.
     *
     * @param sqeFlags {@link io.uringreactive.sys.abi.SqeFlags} that an SQE may carry
     * @param registrations {@link RegisterOps} that may follow once the ring is enabled
     */
    public static RingRestrictions to(BitSet opcodes, int sqeFlags, BitSet registrations) {
        return new RingRestrictions(
                (BitSet) opcodes.clone(), sqeFlags, (BitSet) registrations.clone(), true);
    }

    /** What this or {@code other} allows. */
    public RingRestrictions and(RingRestrictions other) {
        if (!restricted || !other.restricted) {
            return NONE;
        }
        RingRestrictions union = to(opcodes, sqeFlags | other.sqeFlags, registrations);
        union.opcodes.or(other.opcodes);
        union.registrations.or(other.registrations);
        return union;
    }

    public boolean allows(int opcode) {
        return !restricted || opcodes.get(opcode);
    }

    /** Whether an SQE may carry all of {@code flags}. */
    public boolean allowsFlags(int flags) {
        return !restricted || (flags & ~sqeFlags) == 0;
    }

    public boolean allowsRegistration(int operation) {
        return !restricted || registrations.get(operation);
    }

    /**
     * Registers them with a ring that is still disabled; 0 or {@code -errno}. The kernel refuses a
     * list with anything that it does not know (-EINVAL), which would not be had from it anyway:
     * that is left out. No probe tells which registrations it knows, and newer ones have higher
     * numbers: as long as it refuses, the highest is given up.
     *
     * @param known opcodes of this kernel
     */
    int register(RingCalls calls, int fd, BitSet known) {
        if (!restricted) {
            return 0;
        }
        BitSet operations = (BitSet) opcodes.clone();
        operations.and(known);
        BitSet following = (BitSet) registrations.clone();
        int result = register(calls, fd, operations, following);
        while (Errno.EINVAL.is(result) && !following.isEmpty()) {
            following.clear(following.length() - 1);
            result = register(calls, fd, operations, following);
        }
        return result;
    }

    private int register(RingCalls calls, int fd, BitSet operations, BitSet following) {
        int count = operations.cardinality() + following.cardinality() + 1;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment entries = arena.allocate((long) count * Restriction.SIZE, Long.BYTES);
            Entries next = new Entries(entries);
            next.add(RestrictionOps.SQE_FLAGS_ALLOWED, sqeFlags);
            operations.stream().forEach(opcode -> next.add(RestrictionOps.SQE_OP, opcode));
            following.stream().forEach(op -> next.add(RestrictionOps.REGISTER_OP, op));
            return calls.register(fd, RegisterOps.RESTRICTIONS, entries.address(), count);
        }
    }

    @Override
    public String toString() {
        return restricted
                ? "opcodes " + opcodes + ", SQE flags 0x" + Integer.toHexString(sqeFlags)
                : "none";
    }

    /** Fills in one {@code struct io_uring_restriction} after the other. */
    private static final class Entries {
        private final MemorySegment memory;
        private long offset;

        Entries(MemorySegment memory) {
            this.memory = memory;
        }

        void add(int kind, int value) {
            memory.set(JAVA_SHORT, offset + Restriction.OPCODE, (short) kind);
            memory.set(JAVA_BYTE, offset + Restriction.SQE_OP, (byte) value);
            offset += Restriction.SIZE;
        }
    }
}
