// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.sys.abi.Opcode;
import io.uringreactive.testing.FakeScheduler;
import io.uringreactive.testing.Rings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a turn waits, and what is counted of it. */
class TurnTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final FakeScheduler scheduler = FakeScheduler.open();

    @AfterEach
    void close() {
        scheduler.close();
    }

    private void complete(int operations) {
        scheduler.run(
                () -> {
                    for (int i = 0; i < operations; i++) {
                        scheduler.loop().operations().beginUnwatched().opcode(Opcode.NOP);
                    }
                });
        scheduler.nextTurn();
    }

    private List<String> batches() {
        return scheduler.call(() -> List.copyOf(scheduler.ring().batches()));
    }

    @Test
    void shouldWaitForAsManyAsTheTurnBeforeHad() {
        scheduler.loop().minWaitMicros(50);
        complete(3);
        assertEquals(List.of("3 CQEs, 50 us"), batches());
    }

    @Test
    void shouldNotHoldASingleOneBack() {
        scheduler.loop().minWaitMicros(50);
        complete(1);
        assertEquals(List.of(), batches());
    }

    @Test
    void shouldNotWaitForMoreUnasked() {
        complete(3);
        assertEquals(List.of(), batches());
    }

    private long busyNanos() {
        return scheduler.call(
                () -> scheduler.loop().progress().busyNanos(scheduler.loop().nanoTime()));
    }

    @Test
    void shouldCountWhatTasksTakeAsBusy() {
        long before = busyNanos();
        scheduler.run(() -> scheduler.ring().advance(HOUR));
        assertTrue(busyNanos() - before >= HOUR.toNanos());
    }

    @Test
    void shouldNotCountWaitingAsBusy() {
        long before = busyNanos();
        Rings.await("it waits", () -> Progress.isWaiting(scheduler.loop().progress().beat()));
        scheduler.ring().advance(HOUR);
        assertTrue(busyNanos() - before < HOUR.toNanos());
    }

    @Test
    void shouldCountItsTurns() {
        long before = scheduler.call(() -> scheduler.loop().progress().turnCount());
        scheduler.nextTurn();
        scheduler.nextTurn();
        assertTrue(scheduler.call(() -> scheduler.loop().progress().turnCount()) >= before + 2);
    }
}
