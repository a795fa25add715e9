// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.generator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final long MILLI = 1_000_000;

    @Test
    void shouldSpreadTheRateOverConnections() {
        Schedule schedule = new Schedule(5, 1000, 4);
        assertFalse(schedule.isClosedLoop());
        assertEquals(5, schedule.dueNanos(0, 0));
        assertEquals(5 + 3 * MILLI, schedule.dueNanos(3, 0));
        assertEquals(5 + 4 * MILLI, schedule.dueNanos(0, 1));
        assertEquals(5 + 4_000_003 * MILLI, schedule.dueNanos(3, 1_000_000));
    }

    @Test
    void shouldBeAClosedLoopWithoutARate() {
        assertTrue(new Schedule(0, 0, 10).isClosedLoop());
    }

    @Test
    void shouldCountALatencyFromWhenTheRequestWasDue() {
        Recording recording = new Recording();
        recording.window(0, 1000 * MILLI);
        // A server that stalls: ten requests due 1 ms apart, all answered at the end.
        for (int i = 0; i < 10; i++) {
            recording.sent(10 * MILLI, 10 * MILLI + 1000);
            recording.completed(i * MILLI, 10 * MILLI);
        }
        String line = recording.line(List.of(10.0, 50.0, 100.0));
        assertTrue(line.contains("messages=10 "), line);
        assertTrue(line.contains("p10_us=1000."), line);
        assertTrue(line.contains("p50_us=500"), line);
        assertTrue(line.contains("p100_us=1000"), line);
        assertTrue(line.contains("delay_p99=1.00"), line);
    }

    @Test
    void shouldLeaveOutWhatWasDueOutsideOfTheWindow() {
        Recording recording = new Recording();
        recording.completed(1, 2);
        recording.window(100, 200);
        recording.completed(99, 150);
        recording.completed(150, 250);
        String line = recording.line(List.of(100.0));
        assertTrue(line.contains("messages=1 "), line); // answered within
        assertTrue(line.contains("recorded=1 "), line); // due within
        assertEquals(1, recording.completedWithin());
    }
}
