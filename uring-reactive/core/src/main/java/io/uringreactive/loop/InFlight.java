// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.loop;

import org.jspecify.annotations.Nullable;

/**
 * One operation in the kernel's hands, from its SQE to its terminal CQE. The object may be used
 * again for the next operation once that CQE has come. Confined to the loop.
 *
 * <pre>
 *   IDLE --begin--> SUBMITTED --terminal CQE--> IDLE
 *                       |
 *                     cancel
 *                       v
 *                   CANCELLED --terminal CQE--> IDLE
 * </pre>
 *
 * While CANCELLED, the kernel may still touch what the operation was given: it stays referenced,
 * and results are undone by {@link LateResults} instead of being delivered.
 */
public abstract class InFlight {
    enum State {
        IDLE,
        SUBMITTED,
        CANCELLED
    }

    State state = State.IDLE;
    long userData;

    /** The last thing begun was a multishot. */
    boolean multishot;

    /** It was, and the kernel has ended it unasked. */
    boolean endedUnasked;

    /** A cancellation did not find the operation, although it is there. */
    boolean cancelMissed;

    /** Gets what comes behind this object's next CQE; null where that is this object. */
    @Nullable InFlight heir;

    /**
     * Before this object is submitted: its first CQE, also one that others follow, is its last, and
     * {@code heir} gets those. So this object may be submitted again while the kernel still holds
     * what it was given.
     */
    protected final void leaveTo(@Nullable InFlight successor) {
        assert state == State.IDLE : "it is " + state;
        heir = successor;
    }

    /** Who is signalled by it: what is named when that takes long. */
    protected Object handler() {
        return this;
    }

    /** What a CQE of this operation may hand over. */
    protected Carries carries() {
        return Carries.NOTHING;
    }

    /**
     * A CQE has come. When {@code cqeFlags} lack {@code MORE} it was the terminal one: the object
     * is idle and may be submitted again from here.
     */
    protected abstract void onCompletion(int result, int cqeFlags);

    /** The terminal CQE of a cancelled operation has come: the kernel has let go of everything. */
    protected abstract void onCancelled();

    /**
     * The ring was closed before the terminal CQE came, which never will. The object stays in
     * flight, and referenced: the kernel may still touch what it was given.
     */
    protected void onRingLost(Throwable reason) {
        // Who needs no more than its own stop hears of that by a hook of the loop's shutdown.
    }

    /** Whether the kernel may still post a CQE for this object. */
    public final boolean isInFlight() {
        return state != State.IDLE;
    }

    /** Whether it is in flight and not cancelled. */
    public final boolean isArmed() {
        return state == State.SUBMITTED;
    }
}
