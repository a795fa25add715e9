// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.sys.abi.Errno;
import io.uringreactive.sys.abi.Opcode;
import io.uringreactive.sys.abi.RegisterOps;
import io.uringreactive.sys.abi.SqeFlags;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the kernel makes of restrictions. */
class RingRestrictionsTest {
    /** What a ring registers by itself, and the poll that wakes it. */
    static final int[] OWN = {
        RegisterOps.IOWQ_MAX_WORKERS, RegisterOps.RING_FDS, RegisterOps.UNREGISTER_RING_FDS
    };

    static BitSet bits(int... values) {
        BitSet bits = new BitSet();
        IntStream.of(values).forEach(bits::set);
        return bits;
    }

    private static OpenRing open(RingRestrictions restrictions) {
        return OpenRing.of(LinuxKernel.instance().openRing(new RingConfig(32, 64), restrictions));
    }

    private static RingRestrictions toNop(int sqeFlags) {
        return RingRestrictions.to(bits(Opcode.NOP, Opcode.POLL_ADD), sqeFlags, bits(OWN));
    }

    private static int denied() {
        return -Errno.EACCES.number();
    }

    @Test
    void shouldRefuseAnOpcodeThatIsNotListed() {
        try (OpenRing ring = open(toNop(0))) {
            ring.nop(1);
            ring.ring.reserve().opcode(Opcode.READ).fd(0).userData(2);
            ring.nop(3);
            // Linux 6.1 answers failures first, others when all is submitted.
            assertEquals(
                    Set.of(new Cqe(1, 0, 0), new Cqe(2, denied(), 0), new Cqe(3, 0, 0)),
                    Set.copyOf(ring.await(3)));
        }
    }

    @Test
    void shouldLeaveOutWhatTheKernelDoesNotKnow() {
        BitSet registrations = bits(OWN);
        registrations.set(98, 100);
        try (OpenRing ring =
                open(
                        RingRestrictions.to(
                                bits(Opcode.NOP, Opcode.POLL_ADD, 254), 0, registrations))) {
            ring.nop(1);
            assertEquals(List.of(new Cqe(1, 0, 0)), ring.await(1));
            ring.ring.reserve().opcode(Opcode.READ).fd(0).userData(2);
            assertEquals(List.of(new Cqe(2, denied(), 0)), ring.await(1));
            assertThrows(RuntimeException.class, () -> ring.ring.bufferRing(1, 8));
        }
    }

    @Test
    void shouldRefuseAFlagThatIsNotListed() {
        try (OpenRing ring = open(toNop(SqeFlags.ASYNC))) {
            ring.nop(1).flags(SqeFlags.ASYNC);
            assertEquals(List.of(new Cqe(1, 0, 0)), ring.await(1));
            ring.nop(2).flags(SqeFlags.IO_DRAIN);
            assertEquals(List.of(new Cqe(2, denied(), 0)), ring.await(1));
        }
    }

    @Test
    void shouldRefuseARegistrationThatIsNotListed() {
        try (OpenRing ring = open(toNop(0))) {
            assertThrows(RuntimeException.class, () -> ring.ring.bufferRing(1, 8));
        }
        BitSet registrations = bits(OWN);
        registrations.set(RegisterOps.PBUF_RING);
        registrations.set(RegisterOps.UNREGISTER_PBUF_RING);
        try (OpenRing ring = open(RingRestrictions.to(bits(Opcode.POLL_ADD), 0, registrations))) {
            ring.ring.bufferRing(1, 8).close();
        }
    }

    @Test
    void shouldAllowEverythingWithNone() {
        try (OpenRing ring = open(RingRestrictions.NONE)) {
            ring.ring.reserve().opcode(Opcode.READ).fd(-1).userData(1);
            assertEquals(-Errno.EBADF.number(), ring.await(1).getFirst().result());
        }
        assertTrue(RingRestrictions.NONE.allows(200));
        assertTrue(RingRestrictions.NONE.allowsFlags(-1));
        assertTrue(RingRestrictions.NONE.allowsRegistration(99));
    }

    @Test
    void shouldJoin() {
        RingRestrictions nop = toNop(SqeFlags.ASYNC);
        RingRestrictions read =
                RingRestrictions.to(
                        bits(Opcode.READ), SqeFlags.IO_LINK, bits(RegisterOps.PBUF_RING));
        RingRestrictions both = nop.and(read);
        assertTrue(both.allows(Opcode.NOP) && both.allows(Opcode.READ));
        assertTrue(both.allowsFlags(SqeFlags.ASYNC | SqeFlags.IO_LINK));
        assertTrue(both.allowsRegistration(RegisterOps.PBUF_RING));
        assertFalse(both.allows(Opcode.WRITE));
        assertFalse(both.allowsFlags(SqeFlags.IO_DRAIN));
        assertFalse(both.allowsRegistration(RegisterOps.PROBE));
        assertFalse(nop.allows(Opcode.READ), "joining changes neither");
        assertTrue(nop.and(RingRestrictions.NONE).allows(200));
    }
}
