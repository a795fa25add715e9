// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a ring takes from the system, it gives back when it is closed. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RingResourcesTest {
    private static final int RINGS = 20;

    private long descriptors;
    private long mappings;

    @BeforeEach
    void count() {
        // The first use of the kernel loads classes and probes on a ring of its own.
        assertTrue(LinuxKernel.instance().features().setupFlags() != 0);
        descriptors = ProcSelf.ringDescriptors();
        mappings = ProcSelf.ringMappings();
    }

    @Test
    void shouldTakeTwoDescriptorsAndTwoMappingsPerRing() {
        List<OpenRing> rings = new ArrayList<>();
        for (int i = 0; i < RINGS; i++) {
            rings.add(OpenRing.open());
        }
        try {
            assertEquals(descriptors + 2 * RINGS, ProcSelf.ringDescriptors());
            assertEquals(mappings + 2 * RINGS, ProcSelf.ringMappings());
        } finally {
            rings.forEach(OpenRing::close);
        }
        assertStart();
    }

    @Test
    void shouldGiveEverythingBackAfterUse() {
        for (int i = 0; i < RINGS; i++) {
            try (OpenRing open = OpenRing.open();
                    Buffers buffers = Buffers.register(open, 8, 64).publish(0, 1, 2);
                    Loopback loopback = Loopback.connect(open)) {
                buffers.receive(loopback.fd, 1);
                open.ring.wake();
                loopback.peerSends(0, 10);
                assertEquals(1, open.await(1).size());
            }
        }
        assertStart();
    }

    @Test
    void shouldGiveEverythingBackWithoutEverBeingEnabled() {
        for (int i = 0; i < RINGS; i++) {
            LinuxKernel.instance().openRing(new RingConfig(8, 16)).close();
        }
        assertStart();
    }

    @Test
    void shouldLetGoOfAnOperationsSocketWhenItIsClosed() throws Exception {
        // A descriptor registered with the thread would keep the ring, its receive and the socket.
        try (OpenRing open = OpenRing.open();
                Loopback loopback = connectedAndReceiving()) {
            loopback.closeDescriptor();
            assertEquals(-1, loopback.peer.getInputStream().read(), "the peer sees the end");
            open.nop(1);
            assertEquals(1, open.await(1).size());
        }
    }

    /** A connection with a receive in flight on a ring that is closed already. */
    private static Loopback connectedAndReceiving() {
        OpenRing open = OpenRing.open();
        Buffers buffers = Buffers.register(open, 8, 64).publish(0);
        Loopback loopback = Loopback.connect(open);
        buffers.receive(loopback.fd, 1);
        open.poll();
        open.close();
        return loopback;
    }

    @Test
    void shouldServeOneThreadWithMoreRingsThanItHasPlacesForRegisteredDescriptors() {
        List<OpenRing> rings = new ArrayList<>();
        for (int i = 0; i < RINGS; i++) {
            rings.add(OpenRing.open());
        }
        for (int i = 0; i < RINGS; i++) {
            rings.get(i).nop(i);
            assertEquals(List.of(new Cqe(i, 0, 0)), rings.get(i).await(1));
        }
        rings.forEach(OpenRing::close);
        assertStart();
    }

    @Test
    void shouldUnmapTheRingsOfBuffers() {
        long before = ProcSelf.virtualKib();
        try (OpenRing open = OpenRing.open()) {
            for (int i = 0; i < 1000; i++) {
                open.ring.bufferRing(1, 32_768).close();
            }
        }
        // Kept mapped, 1000 rings of 512 KiB would be 500 MiB; the JVM itself moves by less.
        long grownMib = (ProcSelf.virtualKib() - before) / 1024;
        assertTrue(grownMib < 300, "MiB more: " + grownMib);
    }

    private void assertStart() {
        assertEquals(descriptors, ProcSelf.ringDescriptors());
        assertEquals(mappings, ProcSelf.ringMappings());
    }
}
