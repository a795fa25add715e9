// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.loop;

import io.uringreactive.ReceiveMode;
import io.uringreactive.RingGroupOptions;
import io.uringreactive.op.UringScheduler;
import io.uringreactive.stress.StubRing;

/** A scheduler with buffers whose loop has ended. */
public final class Ended {
    public static UringScheduler scheduler() {
        StubRing ring = new StubRing();
        UringScheduler scheduler =
                UringScheduler.create(
                        ring,
                        "ended",
                        RingGroupOptions.defaults()
                                .kernel(ring)
                                .receiveMode(ReceiveMode.ONE_SHOT)
                                .buffers(2, 1024));
        scheduler.loop().shutdown().request();
        scheduler.loop().run();
        return scheduler;
    }

    private Ended() {}
}
