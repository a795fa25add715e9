// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.op;

import io.uringreactive.Preparation;
import io.uringreactive.sys.abi.Sqe;
import java.lang.foreign.SegmentAllocator;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts how often it prepares a NOP. */
final class CountedNop implements Preparation {
    final AtomicInteger prepared = new AtomicInteger();

    @Override
    public void prepare(Sqe sqe, SegmentAllocator memory) {
        prepared.incrementAndGet();
        Nop.prepare(sqe);
    }
}
