// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What Netty's leak detector, which is paranoid in tests, has to report. */
final class Leaks {
    private static final ConcurrentLinkedQueue<String> REPORTS = new ConcurrentLinkedQueue<>();

    static void watch() {
        REPORTS.clear();
        ByteBufUtil.setLeakListener((type, records) -> REPORTS.add(type + records));
    }

    static void assertNone() {
        System.gc();
        // The detector looks for what was collected when it is asked to watch something new.
        ByteBufAllocator.DEFAULT.directBuffer(1).release();
        assertEquals(List.of(), List.copyOf(REPORTS), "leaked buffers");
    }

    private Leaks() {}
}
