// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test.contract;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What Netty's detector finds during a test; it looks closely where it is set to paranoid. */
final class LeakReports {
    private final Queue<String> reports = new ConcurrentLinkedQueue<>();

    private LeakReports() {}

    /** From now on; what others have left before is not counted. */
    static LeakReports begun() {
        LeakReports begun = new LeakReports();
        ByteBufUtil.setLeakListener((type, records) -> begun.reports.add(type + records));
        return begun;
    }

    void expectNone() {
        System.gc();
        // The detector looks for what was collected when it is asked to watch something new.
        PooledByteBufAllocator.DEFAULT.directBuffer(1).release();
        List<String> found = List.copyOf(reports);
        if (!found.isEmpty()) {
            throw new AssertionError("leaked buffers: " + found);
        }
    }
}
