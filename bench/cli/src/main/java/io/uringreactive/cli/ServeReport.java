// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.cli;

import io.uringreactive.RingGroup;
import io.uringreactive.RingScheduler;
import io.uringreactive.RingStatus;
import io.uringreactive.Transport;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Flux;

/**
 * What {@code uring serve --report} prints every second and on stop: one line of totals since the
 * start, so that the difference of two lines is what a load has cost. Without rings it is the JVM's
 * alone.
 */
final class ServeReport {
    private static final Duration STATUS_MAX = Duration.ofSeconds(2);

    private final Transport transport;

    ServeReport(Transport transport) {
        this.transport = transport;
    }

    String text() {
        long collections = 0;
        for (GarbageCollectorMXBean gc : ManagementFactory.getGarbageCollectorMXBeans()) {
            collections += gc.getCollectionCount();
        }
        return "report %sallocated-bytes=%d collections=%d"
                .formatted(
                        transport instanceof RingGroup group ? rings(group) : "",
                        allocatedBytes(),
                        collections);
    }

    private static String rings(RingGroup group) {
        List<RingStatus> rings =
                Flux.fromIterable(group.rings())
                        .flatMap(RingScheduler::status)
                        .collectList()
                        .blockOptional(STATUS_MAX)
                        .orElse(List.of());
        long enters = 0;
        long submitted = 0;
        long completions = 0;
        long connections = 0;
        long buffersOut = 0;
        long copied = 0;
        long starved = 0;
        for (RingStatus ring : rings) {
            enters += ring.counters().enters();
            submitted += ring.counters().submitted();
            completions += ring.counters().completions();
            connections += ring.connections();
            buffersOut += ring.buffersOut();
            copied += ring.buffersCopied();
            starved += ring.buffersStarved();
        }
        return "enters=%d submitted=%d completions=%d connections=%d buffers-out=%d copied=%d starved=%d "
                .formatted(
                        enters, submitted, completions, connections, buffersOut, copied, starved);
    }

    /** By all threads of the JVM since its start. */
    private static long allocatedBytes() {
        return ManagementFactory.getThreadMXBean()
                        instanceof com.sun.management.ThreadMXBean threads
                ? threads.getTotalThreadAllocatedBytes()
                : -1;
    }
}
