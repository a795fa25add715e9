// SPDX-License-Identifier: Apache-2.0
package io.uringreactive;

import io.uringreactive.sys.abi.Sqe;
import java.lang.foreign.SegmentAllocator;

/** Fills in the SQE of one operation; see {@link RingScheduler#submit}. */
@FunctionalInterface
public interface Preparation {
    /**
     * Called on the ring's thread, once per subscription.
     *
     * @param sqe zeroed, its {@code user_data} belongs to the ring; valid during this call only
     * @param memory native memory that lives until the operation's terminal CQE (or the NOTIF of a
     *     zero-copy send), also after a cancel; it may be read while that CQE is being signalled,
     *     on the ring's thread; what still waits for demand then is signalled after it is gone
     */
    void prepare(Sqe sqe, SegmentAllocator memory);
}
