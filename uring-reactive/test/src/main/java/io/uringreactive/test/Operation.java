// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import io.uringreactive.sys.abi.CqeFlags;
import io.uringreactive.sys.abi.Errno;
import org.jspecify.annotations.Nullable;

/** One request of a ring, from its submission to its terminal CQE. */
abstract class Operation extends KernelTask {
    private static final Errno[] NEVER = {};

    /** Of those that wait for a socket with data or room. */
    static final Errno[] TRANSFER_INTERRUPTIONS = {Errno.EINTR, Errno.EAGAIN};

    final World world;
    final SimulatedRing ring;
    final Submission submission;

    /** Held until the terminal CQE; null for operations without one. */
    final @Nullable SimulatedFile file;

    private boolean cancelled;
    private boolean done;

    Operation(SimulatedRing ring, Submission submission, @Nullable SimulatedFile file) {
        this.world = ring.world();
        this.ring = ring;
        this.submission = submission;
        this.file = file;
    }

    /** Puts the operation in flight. */
    final void submit() {
        ring.began(this);
        if (file != null) {
            file.hold();
        }
        if (file instanceof SimulatedSocket socket) {
            socket.await(this);
        }
        begun();
        world.work.offer(this);
    }

    /** For what an operation has to do once it is in flight. */
    void begun() {}

    /** For what an operation has to undo when it ends. */
    void ended() {}

    /** Whether {@link #proceed()} would complete something now. */
    abstract boolean canProceed();

    /** Posts a CQE by {@link #more} or {@link #finish}, or makes progress without one. */
    abstract void proceed();

    /** The errors that {@link Fault#INTERRUPTED} may end it with now. */
    Errno[] interruptions() {
        return NEVER;
    }

    /** What the CQE of a cancelled operation carries. */
    int cancelledFlags() {
        return 0;
    }

    /** The result of being cancelled. */
    int cancelledResult() {
        return -Errno.ECANCELED.number();
    }

    /** Whether the operation, once submitted, is only waiting and can still be called off. */
    boolean isCancellable() {
        return true;
    }

    @Override
    final boolean ready() {
        return !done && (cancelled || canProceed());
    }

    @Override
    final void run() {
        if (cancelled) {
            finish(cancelledResult(), cancelledFlags());
            return;
        }
        Errno[] interruptions = interruptions();
        int way =
                interruptions.length == 0
                        ? 0
                        : world.chance.way(Fault.INTERRUPTED, interruptions.length);
        if (way > 0) {
            finish(-interruptions[way - 1].number(), 0);
        } else {
            proceed();
        }
    }

    final boolean isCancelled() {
        return cancelled;
    }

    final boolean isDone() {
        return done;
    }

    /** Whether a cancellation comes too late: the operation is completing at this very moment. */
    final boolean escapesCancellation() {
        return canProceed() && world.chance.happens(Fault.LATE_SUCCESS);
    }

    /** Completes as if nobody had cancelled; a multishot once more, and then it ends. */
    final void succeedLate() {
        proceed();
        if (!done && isCancellable()) {
            cancel();
        } else {
            world.work.offer(this);
        }
    }

    /** Calls the operation off: all that is still to come is the CQE that says so. */
    final void cancel() {
        cancelled = true;
        world.work.offer(this);
    }

    /**
     * Posts a CQE after which others follow. A multishot that finds the completion queue full is
     * ended with this CQE instead (io_uring_multishot(7)).
     */
    final void more(int result, int cqeFlags) {
        if (ring.isQueueFull() || world.chance.happens(Fault.LOST_MORE)) {
            finish(result, cqeFlags);
        } else {
            ring.post(submission, result, cqeFlags | CqeFlags.MORE);
        }
    }

    /** Posts the terminal CQE and lets go of the file. */
    final void finish(int result, int cqeFlags) {
        assert !done;
        done = true;
        ring.post(submission, result, cqeFlags);
        letGo();
    }

    /** The ring is closed: the operation ends without a CQE. */
    final void discard() {
        done = true;
        letGo();
    }

    private void letGo() {
        ring.ended(this);
        ended();
        if (file instanceof SimulatedSocket socket) {
            socket.forget(this);
        }
        if (file != null) {
            file.drop();
        }
    }

    @Override
    final String describe() {
        return ring.name() + " " + submission + (cancelled ? " cancelled" : "");
    }
}
