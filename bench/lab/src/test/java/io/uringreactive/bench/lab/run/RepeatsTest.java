// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.bench.lab.result.Sample;
import io.uringreactive.bench.lab.result.Sample.Counting;
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
        Repeats repeats = new Repeats(new Quiet(0.05, 0.02, 2, 10, 0));
        assertFalse(repeats.take(() -> next(0)).disturbed());
        assertEquals(1, taken);
        assertEquals(List.of(), repeats.discards());
    }

    @Test
    void shouldRepeatUntilOneIsGood() {
        Repeats repeats = new Repeats(new Quiet(0.05, 0.02, 2, 10, 0));
        assertFalse(repeats.take(() -> next(2)).disturbed());
        assertEquals(3, taken);
        assertEquals(2, repeats.discards().size());
    }

    @Test
    void shouldKeepTheLastOfTooMany() {
        Repeats repeats = new Repeats(new Quiet(0.05, 0.02, 2, 10, 0));
        assertTrue(repeats.take(() -> next(100)).disturbed());
        assertEquals(3, taken);
    }

    @Test
    void shouldDiscardNoMoreThanTheRunMay() {
        Repeats repeats = new Repeats(new Quiet(0.05, 0.02, 2, 3, 0));
        for (int i = 0; i < 4; i++) {
            assertTrue(repeats.take(() -> next(100)).disturbed());
        }
        assertEquals(3, repeats.discards().size());
        assertEquals(7, taken);
    }

    @Test
    void shouldGoOnAsLongAsThereIsPatience() {
        Repeats repeats = new Repeats(new Quiet(0.05, 0.02, 2, 3, 30));
        assertFalse(repeats.take(() -> next(8)).disturbed());
        assertEquals(9, taken);
        taken = 0;
        assertTrue(repeats.take(() -> next(100)).disturbed());
        assertEquals(10, repeats.discards().size(), "30 s of 3 s each, and more than the run may");
    }
}
