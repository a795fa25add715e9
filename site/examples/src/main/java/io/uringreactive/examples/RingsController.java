// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.examples;

import io.uringreactive.RingGroup;
import io.uringreactive.RingScheduler;
import io.uringreactive.RingStatus;
import io.uringreactive.boot.ServerTransport;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What the rings do, as long as somebody looks on; the page is {@code rings.html}. */
@RestController
class RingsController {
    private static final Duration PERIOD = Duration.ofSeconds(1);

    /**
     * All rings at a moment.
     *
     * @param nanos of that moment, by a clock that only differences can be taken of
     * @param rings in their order; empty where the server has none
     */
    public record Reading(long nanos, List<RingStatus> rings) {}

    private final ObjectProvider<ServerTransport> transport;

    RingsController(ObjectProvider<ServerTransport> transport) {
        this.transport = transport;
    }

    /** A reading each second, until the client leaves. */
    @GetMapping(path = "/rings", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<Reading> rings() {
        return Flux.interval(Duration.ZERO, PERIOD)
                // A client that is slow misses readings: rates hold for the time between two.
                .onBackpressureLatest()
                .concatMap(second -> read(), 1);
    }

    private Mono<Reading> read() {
        return Flux.fromIterable(group())
                .flatMapSequential(RingScheduler::status)
                .collectList()
                .map(rings -> new Reading(System.nanoTime(), rings));
    }

    private List<RingScheduler> group() {
        ServerTransport servers = transport.getIfAvailable();
        return servers != null && servers.running() instanceof RingGroup group
                ? group.rings()
                : List.of();
    }
}
