// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.endurance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What counts as growth. */
class TrendTest {
    private static List<String> grown(long... values) {
        Trend trend = new Trend();
        for (long value : values) {
            trend.add("it", value);
        }
        return trend.grown();
    }

    @Test
    void shouldSeeWhatGrows() {
        assertEquals(1, grown(1000, 1000, 1010, 1020, 1030, 1030).size());
        assertTrue(grown(5, 5, 5, 7, 7, 7).getFirst().startsWith("it: 5 in the first third, 7"));
    }

    @Test
    void shouldBearWhatGoesUpAndDownOrByNextToNothing() {
        assertEquals(List.of(), grown(1000, 1100, 1000, 1200, 1000, 1100));
        assertEquals(List.of(), grown(1000, 1000, 1000, 1010, 1019, 1019));
        assertEquals(List.of(), grown(10, 10, 10, 11, 11, 11));
        assertEquals(List.of(), grown(0, 0, 0));
        assertEquals(List.of(), grown(2000, 1000, 500));
    }
}
