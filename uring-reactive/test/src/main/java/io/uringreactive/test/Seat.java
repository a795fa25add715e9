package io.uringreactive.test;

import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/** One loop's place in the {@link Baton}, which owns all of its state. */
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
    final Condition granted;
    State state = State.EMPTY;

    /** Who sits here; may have come before it is admitted, at a time that nobody controls. */
    @Nullable Thread thread;

    Seat(String name, Condition granted) {
        this.name = name;
        this.granted = granted;
    }

    @Override
    public String toString() {
        return name + " " + state + (thread == null ? "" : " on thread " + thread.getName());
    }
}
