// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.jmh;

import io.uringreactive.RingGroup;
import io.uringreactive.RingGroupOptions;
import io.uringreactive.RingScheduler;
import io.uringreactive.loop.RingLoop;
import io.uringreactive.op.UringScheduler;
import java.time.Duration;

/** A ring and its thread. */
final class OneRing implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private final RingGroup group;

    OneRing() {
        this(RingGroupOptions.defaults());
    }

    OneRing(RingGroupOptions options) {
        group = RingGroup.create(options.rings(1));
    }

    RingGroup group() {
        return group;
    }

    RingScheduler scheduler() {
        return group.next();
    }

    RingLoop loop() {
        return UringScheduler.of(group.next()).loop();
    }

    @Override
    public void close() {
        group.disposeGracefully().block(PATIENCE);
    }
}
