// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.loop;

import io.uringreactive.stress.StubRing;

/** A scheduler on a stub, whose loop never starts by itself. */
public final class Scheduled extends LoopScheduler {
    public Scheduled(StubRing ring) {
        super(ring, ring, "stub");
    }

    /** Runs what waits, on the calling thread, and ends the loop: later tasks run at once. */
    public void end() {
        loop().execute(() -> loop().shutdown().request());
        loop().run();
    }
}
