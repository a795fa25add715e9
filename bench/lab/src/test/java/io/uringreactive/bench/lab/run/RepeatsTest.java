// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.bench.lab.proc.Cores;
import io.uringreactive.bench.lab.result.Sample;
import io.uringreactive.bench.lab.result.Sample.Counting;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How often a sample is taken again that something else disturbed. */
class RepeatsTest {
    private int taken;

    /** The next sample, of 3 s: the first {@code disturbed} of them are disturbed. */
    private Sample next(int disturbed) {
        taken++;
        return new Sample(
                "50",
                "uring",
                1,
                Counting.TIMED,
                3,
                10,
                0.4,
                0,
                taken <= disturbed,
                Map.of(),
                List.of());
    }

    @Test
    void shouldTakeAGoodSampleAtOnce() {
        Repeats repeats = new Repeats(new Quiet(0.05, 0.02, 2, 10, 0), patient(0));
        assertFalse(repeats.take(() -> next(0)).disturbed());
        assertEquals(1, taken);
        assertEquals(List.of(), repeats.discards());
    }

    @Test
    void shouldRepeatUntilOneIsGood() {
        Repeats repeats = new Repeats(new Quiet(0.05, 0.02, 2, 10, 0), patient(0));
        assertFalse(repeats.take(() -> next(2)).disturbed());
        assertEquals(3, taken);
        assertEquals(2, repeats.discards().size());
    }

    @Test
    void shouldKeepTheLastOfTooMany() {
        Repeats repeats = new Repeats(new Quiet(0.05, 0.02, 2, 10, 0), patient(0));
        assertTrue(repeats.take(() -> next(100)).disturbed());
        assertEquals(3, taken);
    }

    @Test
    void shouldDiscardNoMoreThanTheRunMay() {
        Repeats repeats = new Repeats(new Quiet(0.05, 0.02, 2, 3, 0), patient(0));
        for (int i = 0; i < 4; i++) {
            assertTrue(repeats.take(() -> next(100)).disturbed());
        }
        assertEquals(3, repeats.discards().size());
        assertEquals(7, taken);
    }

    @Test
    void shouldGoOnAsLongAsThereIsPatience() {
        Repeats repeats = new Repeats(new Quiet(0.05, 0.02, 2, 3, 0), patient(30));
        assertFalse(repeats.take(() -> next(8)).disturbed());
        assertEquals(9, taken);
        assertEquals(8, repeats.discards().size(), "more than the run may");
    }

    @Test
    void shouldComeToAnEndOfItsPatience() {
        Patience little = new Patience(0.02, () -> false, Duration.ofMillis(5));
        Repeats repeats = new Repeats(new Quiet(0.05, 0.02, 2, 3, 0), little);
        assertTrue(repeats.take(() -> next(100)).disturbed());
        assertFalse(little.isLeft());
        assertEquals(3, taken);
    }

    @Test
    void shouldAskUntilTheMachineIsCalm() {
        int[] asked = {0};
        Patience patience = new Patience(30, () -> ++asked[0] == 3, Duration.ofNanos(1));
        patience.await(0);
        assertEquals(3, asked[0]);
        assertTrue(patience.isLeft());
    }

    @Test
    void shouldSeeWhetherTheCoresAreItsOwn() {
        Patience.of(new Quiet(1, 1, 0, 0, 30), Cores.of("0")).await(0);
        Patience none =
                new Patience(1e-9, () -> Patience.stealOf(Cores.of("0")) <= -1, Duration.ZERO);
        none.await(0);
        assertFalse(none.isLeft());
    }

    /** Finds the machine calm at once, for so many seconds in all. */
    private static Patience patient(double seconds) {
        return new Patience(seconds, () -> true, Duration.ZERO);
    }
}
