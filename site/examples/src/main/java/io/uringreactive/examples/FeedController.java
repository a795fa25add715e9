// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.examples;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.time.Instant;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/** What goes on and on: each item is with the client before the next one is made. */
@RestController
@RequestMapping("/feed")
class FeedController {
    /** The state of things at a tick. */
    public record Tick(Instant time, int notes) {}

    /** One line of a long answer. */
    public record Square(long number, long square) {}

    private final Notes notes;

    FeedController(Notes notes) {
        this.notes = notes;
    }

    /** An event every {@code millis}, until the client leaves. */
    @GetMapping(path = "/ticks", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<ServerSentEvent<Tick>> ticks(
            @RequestParam(defaultValue = "1000") @Min(10) @Max(60_000) int millis) {
        return Flux.interval(Duration.ZERO, Duration.ofMillis(millis))
                // A client that is slow misses ticks, and hears of the latest then.
                .onBackpressureLatest()
                .map(
                        number ->
                                ServerSentEvent.builder(new Tick(Instant.now(), notes.all().size()))
                                        .id(Long.toString(number))
                                        .event("tick")
                                        .build());
    }

    /** JSON a line, made as fast as the client reads. */
    @GetMapping(path = "/squares", produces = MediaType.APPLICATION_NDJSON_VALUE)
    Flux<Square> squares(@RequestParam(defaultValue = "1000") @Min(1) @Max(10_000_000) int count) {
        return Flux.range(1, count).map(n -> new Square(n, (long) n * n));
    }
}
