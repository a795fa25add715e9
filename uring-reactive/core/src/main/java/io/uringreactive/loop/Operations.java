// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.loop;

import io.uringreactive.sys.abi.CancelFlags;
import io.uringreactive.sys.abi.CqeFlags;
import io.uringreactive.sys.abi.Errno;
import io.uringreactive.sys.abi.Opcode;
import io.uringreactive.sys.abi.Sqe;
import io.uringreactive.sys.ring.CompletionHandler;
import io.uringreactive.sys.ring.Ring;
import io.uringreactive.transport.Signals;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What one ring has in the kernel's hands: gives each operation its SQE and its slot, cancels, and
 * brings each CQE to the operation that it belongs to. Confined to the loop.
 */
public final class Operations implements CompletionHandler {
    /** The user_data of operations whose CQE nobody waits for; never that of a slot. */
    private static final long UNWATCHED = -2L;

    /** The user_data of what other rings send by MSG_RING. */
    public static final long MESSAGE = -3L;

    /** On top of the user_data of an operation: that of its cancellation. */
    private static final long CANCELLATION = Long.MIN_VALUE;

    private final RingLoop loop;
    private final Ring ring;
    private final SlotTable slots = new SlotTable();
    private IntConsumer onMessage = value -> {};
    private LateResults lateResults = (carries, result, cqeFlags) -> {};

    /** CQEs of unwatched operations that are still to come. */
    private int unwatched;

    private long lateCount;
    private long rearmCount;
    private boolean preparing;

    Operations(RingLoop loop, Ring ring) {
        this.loop = loop;
        this.ring = ring;
    }

    /** What is done with the values that other rings send. */
    public void onMessage(IntConsumer handler) {
        this.onMessage = handler;
    }

    public void lateResults(LateResults undo) {
        this.lateResults = undo;
    }

    /** Undoes a result that was delivered and that nobody will take any more. */
    public void undo(Carries carries, int result, int cqeFlags) {
        lateResults.undo(carries, result, cqeFlags);
    }

    /**
     * The SQE of a new operation, with its user_data set; the caller fills in the rest at once.
     *
     * @throws IllegalStateException when {@code operation} is still in flight
     */
    public Sqe begin(InFlight operation) {
        requireReservable();
        if (operation.state != InFlight.State.IDLE) {
            throw new IllegalStateException("the operation is " + operation.state + ", not IDLE");
        }
        // The slot first: an SQE that was reserved goes out, whatever happens after that.
        operation.userData = slots.claim(operation);
        Sqe sqe;
        try {
            sqe = ring.reserve();
        } catch (RuntimeException e) {
            slots.release(operation.userData);
            throw e;
        }
        operation.state = InFlight.State.SUBMITTED;
        operation.cancelMissed = false;
        operation.multishot = false;
        operation.endedUnasked = false;
        return sqe.userData(operation.userData);
    }

    /** As {@link #begin}, for a multishot that is armed again whenever the kernel ends it. */
    public Sqe beginMultishot(InFlight operation) {
        boolean again = operation.endedUnasked;
        Sqe sqe = begin(operation);
        operation.multishot = true;
        if (again) {
            rearmCount++;
        }
        return sqe;
    }

    /**
     * Lets foreign code fill in an SQE. The view of it is re-used by the next reservation, so none
     * may happen meanwhile.
     */
    public void prepareGuarded(Runnable preparation) {
        preparing = true;
        try {
            preparation.run();
        } finally {
            preparing = false;
        }
    }

    /** Whether an SQE is being filled in by foreign code, which has called from there. */
    public boolean isPreparing() {
        return preparing;
    }

    /** Whether {@link #begin} is allowed: not while another SQE is filled in, or after the end. */
    public boolean mayBegin() {
        return !preparing && !loop.isStopped();
    }

    private void requireReservable() {
        assert loop.isInLoop() || loop.isStopped();
        if (!mayBegin()) {
            throw new IllegalStateException(
                    loop.isStopped()
                            ? "the ring has stopped"
                            : "an operation was submitted while another one is being prepared");
        }
    }

    /** Takes back an SQE that {@link #begin} gave for {@code operation} just now. */
    public void abandon(InFlight operation, Sqe sqe) {
        slots.release(operation.userData);
        operation.state = InFlight.State.IDLE;
        sqe.opcode(Opcode.NOP).flags(0).ioprio(0).fd(-1).opFlags(0).userData(UNWATCHED);
        unwatched++;
    }

    /** The SQE of an operation whose result nobody needs, such as a close. */
    public Sqe beginUnwatched() {
        requireReservable();
        Sqe sqe = ring.reserve().userData(UNWATCHED);
        unwatched++;
        return sqe;
    }

    /**
     * Asks the kernel to cancel {@code operation}, which must be in flight. From now on its results
     * are undone; {@link InFlight#onCancelled()} comes with its terminal CQE, whether the
     * cancellation was in time or not (io_uring_cancelation(7)).
     */
    public void cancel(InFlight operation) {
        if (operation.state == InFlight.State.SUBMITTED) {
            interrupt(operation);
            operation.state = InFlight.State.CANCELLED;
        }
    }

    /**
     * Asks the kernel to end {@code operation}, whose results are still delivered: those that came
     * before, and the terminal one (-ECANCELED).
     */
    public void interrupt(InFlight operation) {
        if (operation.state != InFlight.State.SUBMITTED || loop.isStopped()) {
            return;
        }
        long userData = operation.userData;
        if (preparing) {
            // The SQE of a stranger is being filled in: ours comes at the end of the turn.
            loop.defer(() -> interrupt(userData));
        } else {
            interrupt(userData);
        }
    }

    private void interrupt(long userData) {
        beginUnwatched()
                .opcode(Opcode.ASYNC_CANCEL)
                .fd(-1)
                .addr(userData)
                .userData(CANCELLATION | userData);
    }

    /**
     * A multishot that has just fired may be out of the kernel's sight until its CQE is posted (a
     * TIMEOUT is): it is cancelled again when that comes.
     */
    private void onCancellation(long userData, int result) {
        unwatched--;
        if (Errno.ENOENT.is(result)) {
            InFlight operation = slots.find(userData);
            if (operation != null) {
                operation.cancelMissed = true;
            }
        }
    }

    /** Asks the kernel to cancel everything that is in flight, without telling the operations. */
    void cancelAll() {
        beginUnwatched()
                .opcode(Opcode.ASYNC_CANCEL)
                .fd(-1)
                .opFlags(CancelFlags.ANY | CancelFlags.ALL);
    }

    /** The ring is closed: tells those whose terminal CQE will not come. */
    void lose(Throwable reason) {
        for (InFlight operation : slots.tenants()) {
            RingLoop.guarded(() -> operation.onRingLost(reason));
        }
    }

    /** The operation that a CQE with {@code userData} is for; null where it is none of these. */
    @Nullable InFlight find(long userData) {
        return userData < 0 ? null : slots.find(userData);
    }

    @Override
    public void onCompletion(long userData, int result, int cqeFlags) {
        if (userData < 0) {
            dispatchOwn(userData, result);
            return;
        }
        InFlight operation = slots.find(userData);
        if (operation == null) {
            // The slot has moved on: what the CQE carries must still be given back.
            lateCount++;
            RingLoop.guarded(() -> lateResults.undo(SlotTable.carries(userData), result, cqeFlags));
            return;
        }
        boolean cancelled = operation.state == InFlight.State.CANCELLED;
        InFlight heir = operation.heir;
        boolean terminal = CqeFlags.isTerminal(cqeFlags);
        boolean last = terminal || heir != null;
        if (last) {
            operation.state = InFlight.State.IDLE;
            operation.heir = null;
        }
        if (terminal) {
            slots.release(userData);
        } else if (heir != null) {
            slots.replace(userData, heir);
        } else if (operation.cancelMissed || loop.shutdown().isRequested()) {
            operation.cancelMissed = false;
            interrupt(userData);
        }
        if (terminal && operation.multishot) {
            operation.endedUnasked = !cancelled && !Errno.ECANCELED.is(result);
        }
        try {
            if (!cancelled) {
                operation.onCompletion(result, cqeFlags);
                return;
            }
            lateResults.undo(operation.carries(), result, cqeFlags);
            if (last) {
                operation.onCancelled();
            }
        } catch (Throwable e) {
            Signals.uncaught(e);
        }
    }

    private void dispatchOwn(long userData, int result) {
        if (userData == UNWATCHED) {
            unwatched--;
        } else if (userData == MESSAGE) {
            RingLoop.guarded(() -> onMessage.accept(result));
        } else {
            onCancellation(userData & ~CANCELLATION, result);
        }
    }

    /** Operations in flight, watched and not. */
    public int inFlight() {
        return slots.live() + unwatched;
    }

    /** Multishots that were begun again because the kernel had ended the one before. */
    public long rearmCount() {
        return rearmCount;
    }

    /** CQEs that came for a slot after it had been given to somebody else; 0 on a sound kernel. */
    public long lateCount() {
        return lateCount;
    }
}
