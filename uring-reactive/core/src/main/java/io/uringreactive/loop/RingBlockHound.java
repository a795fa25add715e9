// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.loop;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * What BlockHound must know of rings: no task may block a ring's thread. Found by BlockHound
 * itself; never loaded where there is none. The loop's own wait is a native call, which BlockHound
 * does not look at. What a ring logs it may log: a console or a file is written on the spot.
 */
public final class RingBlockHound implements BlockHoundIntegration {
    @Override
    public void applyTo(BlockHound.Builder builder) {
        builder.nonBlockingThreadPredicate(others -> others.or(RingThread.class::isInstance))
                .allowBlockingCallsInside(RingLoop.class.getName(), "report");
    }
}
