// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.uringreactive.sys.abi.Errno;
import io.uringreactive.sys.abi.Opcode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A value from ring to ring. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RingMessageTest {
    private static final long MESSAGE = 0x1234_5678_9ABC_DEF0L;

    @Test
    void shouldArriveAsACqeOfTheOtherRing() {
        try (OpenRing from = OpenRing.open();
                OpenRing to = OpenRing.open()) {
            send(from, to.ring.descriptor());
            assertEquals(List.of(new Cqe(1, 0, 0)), from.await(1));
            assertEquals(List.of(new Cqe(MESSAGE, 77, 0)), to.await(1));
        }
    }

    @Test
    void shouldFailWhereTheOtherRingIsNotEnabled() {
        Ring disabled = LinuxKernel.instance().openRing(new RingConfig(8, 16));
        try (OpenRing from = OpenRing.open()) {
            send(from, disabled.descriptor());
            assertEquals("EBADFD", Errno.name(from.await(1).getFirst().result()));
        } finally {
            disabled.close();
        }
    }

    @Test
    void shouldFailWhereTheDescriptorIsNoRing() {
        try (OpenRing from = OpenRing.open();
                Loopback loopback = Loopback.connect(from)) {
            send(from, loopback.fd);
            assertEquals("EBADFD", Errno.name(from.await(1).getFirst().result()));
        }
    }

    private static void send(OpenRing from, int descriptor) {
        from.ring.reserve().opcode(Opcode.MSG_RING).fd(descriptor).off(MESSAGE).len(77).userData(1);
    }
}
