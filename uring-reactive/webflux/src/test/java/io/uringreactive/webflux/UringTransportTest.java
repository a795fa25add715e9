// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.webflux;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.RingGroup;
import io.uringreactive.RingGroupOptions;
import io.uringreactive.RingScheduler;
import io.uringreactive.RingStatus;
import io.uringreactive.Transport;
import java.util.List;
import reactor.core.publisher.Flux;

/** On io_uring, where connections and buffers are counted. */
class UringTransportTest extends RealTransportTest {
    @Override
    Transport open() {
        return RingGroup.create(RingGroupOptions.defaults().rings(1));
    }

    @Override
    void awaitIdle(Transport used) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        List<RingStatus> rings = statuses(used);
        while (rings.stream().anyMatch(ring -> ring.connections() > 0 || ring.buffersOut() > 0)) {
            assertTrue(System.nanoTime() < deadline, "still held: " + rings);
            Thread.onSpinWait();
            rings = statuses(used);
        }
    }

    private static List<RingStatus> statuses(Transport used) {
        return Flux.fromIterable(((RingGroup) used).rings())
                .flatMap(RingScheduler::status)
                .collectList()
                .blockOptional(PATIENCE)
                .orElseThrow();
    }
}
