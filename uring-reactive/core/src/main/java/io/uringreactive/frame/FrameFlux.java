// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.frame;

import io.netty.buffer.ByteBuf;
import java.util.function.Supplier;
import org.reactivestreams.Publisher;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;

/** Buffers turned into frames by a {@link Conversion} of each subscription's own. */
final class FrameFlux<T> extends FluxOperator<ByteBuf, T> {
    private final Supplier<Conversion<T>> conversion;
    private final String name;

    private FrameFlux(
            Publisher<? extends ByteBuf> source, Supplier<Conversion<T>> conversion, String name) {
        super(Flux.from(source));
        this.conversion = conversion;
        this.name = name;
    }

    static <T> Flux<T> of(
            Publisher<? extends ByteBuf> source, Supplier<Conversion<T>> conversion, String name) {
        return onAssembly(new FrameFlux<>(source, conversion, name));
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        source.subscribe(new FrameSubscriber<>(actual, conversion.get()));
    }

    /** For {@code checkpoint} and the like; the name of the factory method and its arguments. */
    @Override
    public String stepName() {
        return name;
    }

    @Override
    public String toString() {
        return name;
    }
}
