// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One run of the simulation, until a condition holds or a time is reached. */
final class Run {
    enum Outcome {
        REACHED,
        OUT_OF_TIME,
        /** Nobody will ever do anything again by himself. */
        DEAD
    }

    final BooleanSupplier until;
    final long end;
    int steps;

    /** Null while it goes on. */
    @Nullable Outcome outcome;

    /** What was thrown on a loop's thread while that decided what comes next. */
    @Nullable Throwable thrown;

    Run(BooleanSupplier until, long end) {
        this.until = until;
        this.end = end;
    }
}
