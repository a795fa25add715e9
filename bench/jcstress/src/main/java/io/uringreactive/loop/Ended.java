package io.uringreactive.loop;

import io.uringreactive.op.UringScheduler;
import io.uringreactive.stress.StubRing;

/** A scheduler with buffers whose loop has ended. */
public final class Ended {
    public static UringScheduler scheduler() {
        StubRing ring = new StubRing();
        UringScheduler scheduler = UringScheduler.create(ring, ring, "ended", 2, 16);
        scheduler.loop().shutdown().request();
        scheduler.loop().run();
        return scheduler;
    }

    private Ended() {}
}
