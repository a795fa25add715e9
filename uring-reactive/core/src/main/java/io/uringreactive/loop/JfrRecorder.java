// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.loop;

import io.uringreactive.sys.ring.CompletionHandler;
import org.jspecify.annotations.Nullable;
import reactor.core.Scannable;

/**
 * Makes the events of {@link RingEvents}. While nobody records, a turn asks three times whether
 * somebody does, which the JVM answers by a constant until the first recording, and allocates
 * nothing.
 */
final class JfrRecorder extends Recorder implements CompletionHandler {
    /** Only asked whether their kind is recorded. */
    private static final RingEvents.Turn TURNS = new RingEvents.Turn("");

    private static final RingEvents.SlowHandler HANDLERS =
            new RingEvents.SlowHandler("", JfrRecorder.class);
    private static final RingEvents.Overflow OVERFLOWS = new RingEvents.Overflow("", 0);

    private static final RingEvents.Starvation STARVATIONS = new RingEvents.Starvation("", 0);

    private static final long UNKNOWN = -1;

    private RingEvents.@Nullable Turn turn;

    /** Whether this turn's handlers are timed. */
    private boolean timing;

    /** As counted at the last turn, {@link #UNKNOWN} where nobody recorded then. */
    private long overflowsSeen = UNKNOWN;

    JfrRecorder(RingLoop loop) {
        super(loop);
    }

    @Override
    void beginTurn() {
        timing = HANDLERS.isEnabled();
        if (TURNS.isEnabled()) {
            RingEvents.Turn begun = new RingEvents.Turn(loop().toString());
            begun.begin();
            turn = begun;
        }
    }

    @Override
    CompletionHandler handler() {
        return timing ? this : super.handler();
    }

    /** One CQE, while handlers are timed. */
    @Override
    public void onCompletion(long userData, int result, int cqeFlags) {
        Operations operations = loop().operations();
        InFlight operation = operations.find(userData);
        RingEvents.SlowHandler event = begun(operation == null ? this : operation.handler());
        operations.onCompletion(userData, result, cqeFlags);
        event.commit();
    }

    @Override
    void run(Runnable task) {
        if (timing) {
            RingEvents.SlowHandler event =
                    begun(task instanceof ScheduledTask scheduled ? scheduled.handler() : task);
            super.run(task);
            event.commit();
        } else {
            super.run(task);
        }
    }

    @Override
    void fire(Timers.Timer due) {
        if (timing) {
            RingEvents.SlowHandler event = begun(due.handler());
            super.fire(due);
            event.commit();
        } else {
            super.fire(due);
        }
    }

    private RingEvents.SlowHandler begun(Object handler) {
        Object actual =
                handler instanceof Scannable publisher
                        ? publisher.scanUnsafe(Scannable.Attr.ACTUAL)
                        : null;
        Class<?> type = actual == null ? handler.getClass() : actual.getClass();
        RingEvents.SlowHandler event = new RingEvents.SlowHandler(loop().toString(), type);
        event.begin();
        return event;
    }

    @Override
    void endTurn(int completions, int tasks, int timers) {
        if (turn != null) {
            turn.completions = completions;
            turn.tasks = tasks;
            turn.timers = timers;
            turn.submissions = loop().ring().unsubmitted();
            turn.commit();
            turn = null;
        }
        if (OVERFLOWS.isEnabled()) {
            noteOverflows(loop().counters().overflows());
        } else {
            overflowsSeen = UNKNOWN;
        }
    }

    private void noteOverflows(long overflows) {
        if (overflowsSeen != UNKNOWN && overflows > overflowsSeen) {
            new RingEvents.Overflow(loop().toString(), overflows).commit();
        }
        overflowsSeen = overflows;
    }

    @Override
    public void onStarved(int out) {
        if (STARVATIONS.isEnabled()) {
            new RingEvents.Starvation(loop().toString(), out).commit();
        }
    }
}
