// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.toggles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.sys.abi.Opcode;
import io.uringreactive.sys.ring.LinuxKernel;
import io.uringreactive.sys.ring.Ring;
import io.uringreactive.sys.ring.RingConfig;
import io.uringreactive.sys.ring.RingRestrictions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** What each toggle changes, seen in the ring itself. */
class ToggledRingsTest {
    private static final RingConfig CONFIG = new RingConfig(8, 16);
    private static final int ENOUGH = 100;

    private static Ring open(Set<Toggle> toggles) {
        Ring ring = new ToggledKernel(toggles).openRing(CONFIG, RingRestrictions.NONE);
        ring.enable();
        return ring;
    }

    private static void nop(Ring ring, long userData) {
        ring.reserve().opcode(Opcode.NOP).fd(-1).userData(userData);
    }

    private static List<Long> drain(Ring ring) {
        List<Long> seen = new ArrayList<>();
        ring.drain((userData, result, flags) -> seen.add(userData), ENOUGH);
        return seen;
    }

    /** Enters that three operations of one turn cost. */
    private static long entersOfThree(Ring ring) {
        ring.enter(0); // arms what wakes it
        long before = ring.counters().enters();
        for (int i = 0; i < 3; i++) {
            nop(ring, i);
        }
        ring.enter(0);
        assertEquals(List.of(0L, 1L, 2L), drain(ring));
        return ring.counters().enters() - before;
    }

    @Test
    void shouldEnterForEachOperation() {
        Ring once = open(Set.of());
        Ring each = open(Set.of(Toggle.ENTERS));
        assertEquals(1, entersOfThree(once));
        assertEquals(3, entersOfThree(each));
        once.close();
        each.close();
    }

    @Test
    void shouldStillEnterWhereNothingIsToBeSubmitted() {
        Ring ring = open(Set.of(Toggle.ENTERS));
        ring.enter(0);
        long before = ring.counters().enters();
        ring.enter(0);
        ring.enter(1);
        assertEquals(2, ring.counters().enters() - before);
        ring.close();
    }

    @Test
    void shouldKeepOperationsInTheMapUntilTheirLastCompletion() {
        Ring real = LinuxKernel.instance().openRing(CONFIG);
        LockedMap ring = new LockedMap(real);
        ring.enable();
        nop(ring, 5);
        nop(ring, 6);
        assertEquals(1, ring.size());
        ring.enter(0);
        assertEquals(2, ring.size());
        assertEquals(List.of(5L, 6L), drain(ring));
        assertEquals(0, ring.size());
        nop(ring, -2);
        ring.enter(0);
        assertEquals(0, ring.size());
        assertEquals(List.of(-2L), drain(ring));
        // One that went past the map.
        nop(real, 7);
        ring.enter(0);
        assertThrows(IllegalStateException.class, () -> drain(ring));
        ring.close();
    }

    /** A poll that fires is a CQE at once, and not in the ring's next enter. */
    @Test
    void shouldCompleteOutsideOfAnEnter() {
        Ring deferred = open(Set.of());
        Ring interrupted = open(Set.of(Toggle.INTERRUPTS));
        for (Ring ring : List.of(deferred, interrupted)) {
            ring.enter(0);
            ring.wake();
        }
        assertEquals(0, deferred.completions());
        assertTrue(deferred.entryWanted());
        assertEquals(1, interrupted.completions());
        deferred.close();
        interrupted.close();
    }

    /** The reply is given by another thread, and the ring is as it was. */
    @Test
    void shouldHandMessagesToAnotherThread() {
        try (ToggledEcho echo = new ToggledEcho(0, 1, Set.of(Toggle.THREADS))) {
            Thread thread =
                    Objects.requireNonNull(
                            echo.abroad(Flux.just(1))
                                    .map(one -> Thread.currentThread())
                                    .blockLast());
            assertEquals("foreign", thread.getName());
            assertNotSame(Thread.currentThread(), thread);
        }
    }
}
