// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.uringreactive.sys.abi.Opcode;
import io.uringreactive.testing.FakeScheduler;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a turn waits. */
class TurnTest {
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
}
