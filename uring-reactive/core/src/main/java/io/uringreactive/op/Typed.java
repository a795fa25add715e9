// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.op;

import io.uringreactive.Completion;
import io.uringreactive.Preparation;
import io.uringreactive.RingScheduler;
import io.uringreactive.TransportErrors;
import io.uringreactive.TransportErrors.Family;
import io.uringreactive.loop.Carries;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;

/** What the typed operations share: results that are {@code -errno} become errors. */
final class Typed {
    /** Emits the operation's result, which is not negative. */
    static Mono<Integer> one(
            RingScheduler ring, Family family, String operation, Preparation preparation) {
        return SubmissionFlux.one(UringScheduler.of(ring), preparation, Carries.NOTHING)
                .handle(resultOf(family, operation, result -> result));
    }

    /** Emits the descriptor that the operation opens. */
    static Mono<Descriptor> oneDescriptor(
            RingScheduler ring, Family family, String operation, Preparation preparation) {
        UringScheduler on = UringScheduler.of(ring);
        return SubmissionFlux.one(on, preparation, Carries.DESCRIPTOR)
                .handle(resultOf(family, operation, fd -> new Descriptor(on.sockets(), fd)));
    }

    /** Completes where the operation succeeds. */
    static Mono<Void> done(
            RingScheduler ring, Family family, String operation, Preparation preparation) {
        return one(ring, family, operation, preparation).then();
    }

    /** Emits the descriptors that a multishot operation opens. */
    static Flux<Descriptor> manyDescriptors(
            RingScheduler ring, Family family, String operation, Preparation preparation) {
        UringScheduler on = UringScheduler.of(ring);
        return SubmissionFlux.many(on, preparation, Carries.DESCRIPTOR)
                .handle(resultOf(family, operation, fd -> new Descriptor(on.sockets(), fd)));
    }

    private static <T> BiConsumer<Completion, SynchronousSink<T>> resultOf(
            Family family, String operation, IntFunction<T> success) {
        return (completion, sink) -> {
            if (completion.isError()) {
                sink.error(TransportErrors.of(family, operation, completion.result(), null));
            } else {
                sink.next(success.apply(completion.result()));
            }
        };
    }

    private Typed() {}
}
