// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import org.jspecify.annotations.Nullable;

/** One loop's place in the {@link Baton}. Its state is changed by whoever has the turn. */
final class Seat {
    /**
     *
     *
     * <pre>
     *   EMPTY --admitted--> WAITING <--turn--> RUNNING --leaves--> LEFT --thread ends--> GONE
     *                                             \-------thread dies--------------------/
     * </pre>
     */
    enum State {
        EMPTY,
        WAITING,
        RUNNING,
        LEFT,
        GONE
    }

    final String name;
    volatile State state = State.EMPTY;

    /** Who sits here; may have come before it is admitted, at a time that nobody controls. */
    volatile @Nullable Thread thread;

    Seat(String name) {
        this.name = name;
    }

    @Override
    public String toString() {
        Thread sitting = thread;
        return name + " " + state + (sitting == null ? "" : " on thread " + sitting.getName());
    }
}
