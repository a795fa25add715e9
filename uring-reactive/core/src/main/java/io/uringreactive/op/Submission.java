// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.op;

import io.uringreactive.Completion;
import io.uringreactive.Preparation;
import io.uringreactive.Profile;
import io.uringreactive.TransportErrors;
import io.uringreactive.loop.Carries;
import io.uringreactive.loop.InFlight;
import io.uringreactive.loop.RingLoop;
import io.uringreactive.sys.abi.CqeFlags;
import io.uringreactive.sys.abi.Errno;
import io.uringreactive.sys.abi.Sqe;
import io.uringreactive.sys.abi.SqeFlags;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Schedulers;

/**
 * One subscription to an operation: its SQE, its memory, and what has completed but was not yet
 * asked for. {@link #request} and {@link #cancel} come from any thread and hop; the rest is
 * confined to the loop.
 */
final class Submission extends InFlight implements Subscription {
    enum Shots {
        /** Emits the first CQE; the terminal one may be a NOTIF that comes later. */
        ONE,
        /** Emits every CQE. */
        MANY
    }

    private static final int WAITING_MAX = 8192;
    private static final int REFUSED_FLAGS =
            SqeFlags.IO_LINK | SqeFlags.IO_HARDLINK | SqeFlags.IO_DRAIN | SqeFlags.CQE_SKIP_SUCCESS;

    private final RingLoop loop;
    private final Profile profile;
    private final Preparation preparation;
    private final Shots shots;
    private final Carries carries;
    private final OperationMemory memory = new OperationMemory();
    private final ArrayDeque<Completion> waiting = new ArrayDeque<>(1);

    /** Null once cancelled or ended: nothing is signalled then, and nothing keeps it alive. */
    private volatile @Nullable CoreSubscriber<? super Completion> actual;

    private long requested;
    private int opcode;
    private boolean started;
    private boolean emittedOnce;
    private boolean ended;
    private boolean emitting;
    private @Nullable Throwable failure;

    Submission(
            UringScheduler ring,
            Preparation preparation,
            Shots shots,
            Carries carries,
            CoreSubscriber<? super Completion> actual) {
        this.loop = ring.loop();
        this.profile = ring.profile();
        this.preparation = preparation;
        this.shots = shots;
        this.carries = carries;
        this.actual = actual;
    }

    @Override
    public void request(long n) {
        if (Operators.validate(n)) {
            // The preparation is code of the user: hooks on what is scheduled see it.
            loop.run(Schedulers.onSchedule(() -> onRequest(n)));
        }
    }

    @Override
    public void cancel() {
        if (actual != null) {
            actual = null;
            loop.run(this::onCancel);
        }
    }

    private void onRequest(long n) {
        requested = Operators.addCap(requested, n);
        if (started) {
            emit();
        } else if (actual != null) {
            started = true;
            submit();
        }
    }

    private void submit() {
        if (loop.shutdown().isRequested()) {
            end(Exceptions.failWithRejected("the ring has stopped"));
            return;
        }
        Sqe sqe;
        try {
            sqe = loop.operations().begin(this);
        } catch (RuntimeException e) {
            end(e);
            return;
        }
        long userData = sqe.userData();
        try {
            loop.operations().prepareGuarded(() -> preparation.prepare(sqe, memory));
            if ((sqe.flags() & REFUSED_FLAGS) != 0 || sqe.userData() != userData) {
                throw new IllegalArgumentException(
                        "a submitted SQE may set neither IO_LINK, IO_HARDLINK, IO_DRAIN nor"
                                + " CQE_SKIP_SUCCESS, nor its user_data");
            }
            opcode = sqe.opcode();
        } catch (Throwable e) {
            loop.operations().abandon(this, sqe);
            memory.close();
            end(e);
        }
    }

    private void onCancel() {
        for (Completion late = waiting.poll(); late != null; late = waiting.poll()) {
            loop.operations().undo(carries, late.result(), late.cqeFlags());
        }
        loop.operations().cancel(this);
    }

    @Override
    protected Carries carries() {
        return carries;
    }

    @Override
    protected void onCompletion(int result, int cqeFlags) {
        boolean terminal = CqeFlags.isTerminal(cqeFlags);
        if (Errno.EACCES.is(result) && !profile.allows(opcode)) {
            failure = TransportErrors.forbidden(opcode, profile);
        } else if (shots == Shots.MANY || !emittedOnce) {
            emittedOnce = true;
            waiting.add(new Completion(result, cqeFlags));
        }
        if (actual == null) {
            // Cancelled by another thread whose hop has not arrived yet.
            onCancel();
        } else if (waiting.size() > WAITING_MAX) {
            failure = Exceptions.failWithOverflow("more than 8192 completions beyond demand");
            loop.operations().cancel(this);
        } else if (!terminal) {
            emit();
        }
        if (terminal) {
            ended = true;
            try {
                emit();
            } finally {
                memory.close();
            }
        }
    }

    @Override
    protected void onCancelled() {
        memory.close();
        ended = true;
        emit();
    }

    private void end(Throwable error) {
        failure = error;
        ended = true;
        emit();
    }

    /**
     * Signals what is there as far as it was asked for. A subscriber that requests comes back in.
     */
    private void emit() {
        if (emitting) {
            return;
        }
        emitting = true;
        CoreSubscriber<? super Completion> subscriber = actual;
        try {
            while (subscriber != null && requested > 0 && !waiting.isEmpty()) {
                if (requested != Long.MAX_VALUE) {
                    requested--;
                }
                subscriber.onNext(waiting.remove());
                subscriber = actual;
            }
        } catch (Throwable e) {
            // Against rule 2.13; it counts as cancelled.
            cancel();
            throw e;
        } finally {
            emitting = false;
        }
        if (subscriber != null && ended && waiting.isEmpty()) {
            actual = null;
            if (failure == null) {
                subscriber.onComplete();
            } else {
                subscriber.onError(failure);
            }
        }
    }
}
