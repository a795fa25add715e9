// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.op;

import io.uringreactive.Completion;
import io.uringreactive.Preparation;
import io.uringreactive.RingScheduler;
import io.uringreactive.TransportErrors;
import io.uringreactive.TransportErrors.Family;
import io.uringreactive.loop.Carries;
import java.util.function.BiConsumer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;

/** What the typed operations share: results that are {@code -errno} become errors. */
final class Typed {
    /** Emits the operation's result, which is not negative. */
    static Mono<Integer> one(
            RingScheduler ring,
            Family family,
            String operation,
            Carries carries,
            Preparation preparation) {
        return new SubmissionMono(UringScheduler.of(ring), preparation, carries)
                .handle(resultOf(family, operation));
    }

    /** Completes where the operation succeeds. */
    static Mono<Void> done(
            RingScheduler ring, Family family, String operation, Preparation preparation) {
        return one(ring, family, operation, Carries.NOTHING, preparation).then();
    }

    /** Emits the results of a multishot operation. */
    static Flux<Integer> many(
            RingScheduler ring,
            Family family,
            String operation,
            Carries carries,
            Preparation preparation) {
        return new SubmissionFlux(UringScheduler.of(ring), preparation, carries)
                .handle(resultOf(family, operation));
    }

    private static BiConsumer<Completion, SynchronousSink<Integer>> resultOf(
            Family family, String operation) {
        return (completion, sink) -> {
            if (completion.isError()) {
                sink.error(TransportErrors.of(family, operation, completion.result(), null));
            } else {
                sink.next(completion.result());
            }
        };
    }

    private Typed() {}
}
