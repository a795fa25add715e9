// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.op;

import io.uringreactive.Completion;
import io.uringreactive.Preparation;
import io.uringreactive.TransportErrors;
import io.uringreactive.loop.Carries;
import io.uringreactive.loop.InFlight;
import io.uringreactive.loop.RingLoop;
import io.uringreactive.sys.abi.CqeFlags;
import io.uringreactive.sys.abi.Errno;
import io.uringreactive.sys.abi.Sqe;
import io.uringreactive.sys.abi.SqeFlags;
import io.uringreactive.transport.EarlyDemand;
import io.uringreactive.transport.LoopScannable;
import io.uringreactive.transport.Signals;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

/**
 * One subscription to an operation: its SQE, its memory, and what has completed but was not yet
 * asked for. {@link #request} and {@link #cancel} come from any thread and hop; the rest is
 * confined to the loop.
 *
 * <p>To the loop it never counts as cancelled, only as interrupted: what still comes is dropped
 * here, since the subscriber's context knows who is told of it.
 */
final class Submission extends InFlight implements Subscription, LoopScannable {
    enum Shots {
        /** Emits the first CQE; the terminal one may be a NOTIF that comes later. */
        ONE,
        /** Emits every CQE. */
        MANY
    }

    private static final int WAITING_MAX = 8192;
    private static final int REFUSED_FLAGS =
            SqeFlags.IO_LINK | SqeFlags.IO_HARDLINK | SqeFlags.IO_DRAIN | SqeFlags.CQE_SKIP_SUCCESS;

    private final UringScheduler ring;
    private final RingLoop loop;
    private final Preparation preparation;
    private final Shots shots;
    private final Carries carries;
    private final Context context;
    private final EarlyDemand early = new EarlyDemand();
    private final OperationMemory memory = new OperationMemory();
    private final ArrayDeque<Completion> waiting = new ArrayDeque<>(1);

    /** Null once cancelled or ended: nothing is signalled then, and nothing keeps it alive. */
    private volatile @Nullable CoreSubscriber<? super Completion> actual;

    private volatile boolean terminated;
    private long requested;
    private int opcode;
    private boolean started;
    private boolean emittedOnce;
    private boolean ended;
    private boolean emitting;
    private boolean interrupted;
    private @Nullable Throwable failure;

    private Submission(
            UringScheduler ring,
            Preparation preparation,
            Shots shots,
            Carries carries,
            CoreSubscriber<? super Completion> actual) {
        this.ring = ring;
        this.loop = ring.loop();
        this.preparation = preparation;
        this.shots = shots;
        this.carries = carries;
        this.context = actual.currentContext();
        this.actual = actual;
    }

    static void subscribe(
            UringScheduler ring,
            Preparation preparation,
            Shots shots,
            Carries carries,
            CoreSubscriber<? super Completion> actual) {
        Submission submission = new Submission(ring, preparation, shots, carries, actual);
        actual.onSubscribe(submission);
        submission.early.open(submission::hop);
    }

    @Override
    public void request(long n) {
        early.request(n, this::hop);
    }

    private void hop(long n) {
        // The preparation is code of the user: hooks on what is scheduled see it.
        Runnable task = Schedulers.onSchedule(() -> onRequest(n));
        if (loop.isInLoop()) {
            task.run(); // also from within another preparation, which refuses it
        } else {
            loop.execute(task);
        }
    }

    @Override
    public void cancel() {
        if (actual != null) {
            actual = null;
            loop.run(this::drop);
        }
    }

    private void onRequest(long n) {
        if (actual == null) {
            return;
        }
        if (n <= 0) {
            fail(Signals.badRequest(n));
            return;
        }
        requested = Operators.addCap(requested, n);
        if (started) {
            emit();
        } else {
            started = true;
            submit();
        }
    }

    private void submit() {
        if (loop.shutdown().isRequested()) {
            fail(Exceptions.failWithRejected("the ring has stopped"));
            return;
        }
        Sqe sqe;
        try {
            sqe = loop.operations().begin(this);
        } catch (RuntimeException e) {
            fail(e);
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
            fail(e);
        }
    }

    /** Ends here, before the kernel does: what waits goes, and what still comes. */
    private void fail(Throwable error) {
        if (actual == null) {
            Operators.onErrorDropped(error, context);
            return;
        }
        failure = error;
        ended = true;
        drop();
        emit();
    }

    private void drop() {
        for (Completion late = waiting.poll(); late != null; late = waiting.poll()) {
            discard(late);
        }
        interrupt();
    }

    private void interrupt() {
        if (!interrupted) {
            interrupted = true;
            loop.operations().interrupt(this);
        }
    }

    /** Nobody takes it any more: it is undone where we know how, and the user is told else. */
    private void discard(Completion late) {
        if (carries != Carries.NOTHING) {
            loop.operations().undo(carries, late.result(), late.cqeFlags());
        } else if (!late.isError()) {
            Operators.onDiscard(late, context);
        }
    }

    @Override
    protected Carries carries() {
        return carries;
    }

    @Override
    protected void onCompletion(int result, int cqeFlags) {
        boolean terminal = CqeFlags.isTerminal(cqeFlags);
        try {
            if (Errno.EACCES.is(result) && !ring.profile().allows(opcode)) {
                failure = TransportErrors.forbidden(opcode, ring.profile());
            } else if (shots == Shots.MANY || !emittedOnce) {
                emittedOnce = true;
                take(new Completion(result, cqeFlags));
            }
            ended |= terminal;
            emit();
        } finally {
            if (terminal) {
                memory.close();
            }
        }
    }

    private void take(Completion completion) {
        if (actual == null) {
            // Perhaps another thread has cancelled just now, and its hop has not arrived yet.
            discard(completion);
            drop();
        } else if (failure != null) {
            discard(completion);
        } else {
            waiting.add(completion);
            if (waiting.size() > WAITING_MAX) {
                failure = Exceptions.failWithOverflow("more than 8192 completions beyond demand");
                interrupt();
            }
        }
    }

    @Override
    protected void onCancelled() {
        throw new IllegalStateException("only ever interrupted");
    }

    /** No terminal CQE will come: the memory is not freed, the kernel may still write there. */
    @Override
    protected void onRingLost(Throwable reason) {
        ended = true;
        if (shots == Shots.MANY || !emittedOnce) {
            failure = failure == null ? reason : failure;
        }
        emit();
    }

    /** Signals what is there, as far as asked for. A subscriber that requests comes back in. */
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
            terminated = true;
            actual = null;
            Signals.end(subscriber, failure);
        }
    }

    @Override
    public Scheduler signalsOn() {
        return ring;
    }

    @Override
    public @Nullable Object scanState(Attr<?> key) {
        if (key.equals(Attr.ACTUAL)) {
            return actual;
        } else if (key.equals(Attr.TERMINATED)) {
            return terminated;
        } else if (key.equals(Attr.CANCELLED)) {
            return actual == null && !terminated;
        }
        return key.equals(Attr.REQUESTED_FROM_DOWNSTREAM) ? requested : null;
    }
}
