// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.buffer;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.ResourceLeakDetector;
import io.uringreactive.RingGroupOptions;
import io.uringreactive.testing.FakeScheduler;
import io.uringreactive.testing.Rings;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** A received buffer that nobody releases is reported by Netty's leak detector. */
class LeakAwareTest {
    @Test
    void shouldReportABufferThatWasNeverReleased() {
        ResourceLeakDetector.Level level = ResourceLeakDetector.getLevel();
        Set<String> hints = ConcurrentHashMap.newKeySet();
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        ByteBufUtil.setLeakListener((type, records) -> hints.add(records));
        try (FakeScheduler scheduler = FakeScheduler.open()) {
            BufferPool pool =
                    scheduler.call(
                            () ->
                                    new BufferPool(
                                            scheduler.loop(),
                                            RingGroupOptions.defaults().buffers(8, 256)));
            leakOne(scheduler, pool);
            Rings.await(
                    "the leak's report",
                    () -> {
                        System.gc();
                        // Reports are made when the next buffer is put under watch.
                        scheduler.call(() -> pool.take(0, 1, true)).release();
                        scheduler.nextTurn();
                        return hints.stream().anyMatch(hint -> hint.contains("leaked on purpose"));
                    });
        } finally {
            ByteBufUtil.setLeakListener((type, records) -> {});
            ResourceLeakDetector.setLevel(level);
        }
    }

    /** In a method of its own: no local variable keeps the buffer. */
    private static void leakOne(FakeScheduler scheduler, BufferPool pool) {
        ByteBuf leaked = scheduler.call(() -> pool.take(1, 1, true)).touch("leaked on purpose");
        assertTrue(leaked.isReadable());
    }
}
