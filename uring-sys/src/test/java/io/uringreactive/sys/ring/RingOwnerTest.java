// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who may do what with a ring, and when. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RingOwnerTest {
    private static final RingConfig SMALL = new RingConfig(8, 16);

    @Test
    void shouldServeAThreadOtherThanTheOneThatOpenedIt() {
        Ring ring = LinuxKernel.instance().openRing(SMALL);
        List<Cqe> cqes =
                Stranger.call(
                        () -> {
                            try (OpenRing open = OpenRing.of(ring)) {
                                open.nop(1);
                                open.nop(2);
                                return open.await(2);
                            }
                        });
        assertEquals(List.of(new Cqe(1, 0, 0), new Cqe(2, 0, 0)), cqes);
    }

    @Test
    void shouldRefuseToBeEnteredByAnotherThread() {
        try (OpenRing open = OpenRing.open()) {
            open.nop(1);
            Stranger.call(
                    () -> {
                        assertRefused(open.ring, "belongs to");
                        return true;
                    });
            assertEquals(1, open.ring.unsubmitted(), "the stranger has submitted nothing");
            assertEquals(1, open.await(1).size());
        }
    }

    @Test
    void shouldRefuseToBeEnteredByAThreadWithARingOfItsOwn() {
        // Each thread has its own table of registered descriptors. Both rings stand at the same
        // place in theirs, and without a check the stranger would enter its own ring, unknowing.
        try (OpenRing open = OpenRing.open()) {
            open.nop(1);
            Stranger.call(
                    () -> {
                        try (OpenRing own = OpenRing.open()) {
                            own.nop(2);
                            assertRefused(open.ring, "belongs to");
                            assertEquals(1, own.ring.unsubmitted());
                        }
                        return true;
                    });
            assertEquals(1, open.ring.unsubmitted());
        }
    }

    @Test
    void shouldRefuseToBeEnteredBeforeItIsEnabled() {
        Ring ring = LinuxKernel.instance().openRing(SMALL);
        try {
            assertRefused(ring, "DISABLED");
        } finally {
            ring.close();
        }
    }

    @Test
    void shouldRefuseToBeEnabledTwice() {
        try (OpenRing open = OpenRing.open()) {
            IllegalStateException refused =
                    assertThrows(IllegalStateException.class, open.ring::enable);
            assertTrue(
                    message(refused).startsWith("enable: the ring is ENABLED"), message(refused));
        }
    }

    @Test
    void shouldRefuseEverythingAfterClose() {
        OpenRing open = OpenRing.open();
        open.close();
        assertRefused(open.ring, "CLOSED");
        // A second close would close descriptors that are somebody else's by now.
        assertThrows(IllegalStateException.class, open::close);
        assertThrows(IllegalStateException.class, open.ring::enable);
        assertThrows(AssertionError.class, open.ring::reserve);
        assertThrows(AssertionError.class, open.ring::completions);
        assertThrows(AssertionError.class, open.ring::entryWanted);
        assertThrows(AssertionError.class, open::drain);
    }

    @Test
    void shouldStillTellItsCountersAfterClose() {
        OpenRing open = OpenRing.open();
        open.nop(1);
        open.await(1);
        open.close();
        assertEquals(1, open.ring.counters().completions());
    }

    @Test
    void shouldRefuseToBeClosedUnderTheFeetOfItsOwner() {
        try (OpenRing open = OpenRing.open()) {
            Stranger.call(() -> assertThrows(IllegalStateException.class, open::close));
            open.nop(1);
            assertEquals(1, open.await(1).size());
        }
    }

    @Test
    void shouldBeClosedByAnyThreadOnceItsOwnerHasEnded() throws Exception {
        CompletableFuture<OpenRing> opened = new CompletableFuture<>();
        Thread owner = Thread.ofPlatform().start(() -> opened.complete(OpenRing.open()));
        owner.join();
        OpenRing open = opened.get();
        open.close();
        assertRefused(open.ring, "CLOSED");
    }

    private static void assertRefused(Ring ring, String why) {
        IllegalStateException refused =
                assertThrows(IllegalStateException.class, () -> ring.enter(0));
        assertTrue(message(refused).contains(why), message(refused));
    }

    private static String message(Throwable refused) {
        return String.valueOf(refused.getMessage());
    }
}
