// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static reactor.core.publisher.Sinks.EmitFailureHandler.FAIL_FAST;

import io.uringreactive.Connection;
import io.uringreactive.frame.Frames;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/** What one client says in a line, all clients hear, in the same order. */
final class Chat {
    private static final int LINE_BYTES_MAX = 1024;
    private static final int LINES_BEHIND_MAX = 256;

    private final Sinks.Many<String> room = Sinks.many().multicast().directBestEffort();

    Mono<Void> handle(Connection conn) {
        Flux<String> said =
                conn.receive()
                        .transform(Frames.lines(UTF_8, LINE_BYTES_MAX))
                        .publishOn(Schedulers.single()) // one speaks at a time
                        .doOnNext(line -> room.emitNext(line + "\n", FAIL_FAST));
        Flux<String> heard =
                room.asFlux()
                        .takeUntilOther(said.then())
                        .onBackpressureBuffer(LINES_BEHIND_MAX, line -> conn.dispose());
        return conn.sendText(heard);
    }
}
