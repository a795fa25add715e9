// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.boot.autoconfigure;

import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * Options on their way through properties, each of which changes them where it is set.
 *
 * @param <O> an immutable record of options
 */
final class Chain<O> {
    private O options;

    private Chain(O options) {
        this.options = options;
    }

    static <O> Chain<O> of(O options) {
        return new Chain<>(options);
    }

    /** {@code change}, if {@code value} is set. */
    <V> Chain<O> with(@Nullable V value, BiFunction<? super O, ? super V, O> change) {
        if (value != null) {
            options = change.apply(options, value);
        }
        return this;
    }

    /** {@code change} with a size in bytes, if {@code value} is set. */
    Chain<O> withBytes(@Nullable DataSize value, BiFunction<? super O, ? super Integer, O> change) {
        return with(value == null ? null : bytes(value), change);
    }

    /** {@code change}, whatever is set. */
    Chain<O> then(Function<? super O, O> change) {
        options = change.apply(options);
        return this;
    }

    O done() {
        return options;
    }

    private static int bytes(DataSize size) {
        if (size.toBytes() != (int) size.toBytes()) {
            throw new IllegalArgumentException(size + " is above 2 GiB");
        }
        return (int) size.toBytes();
    }
}
