// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.frame;

import io.netty.buffer.ByteBuf;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Scannable;
import reactor.core.publisher.Operators;
import reactor.util.concurrent.Queues;
import reactor.util.context.Context;

/**
 * One subscription to frames. Whatever happens is noted, and one thread at a time works it off:
 * whoever notes something while another thread is at it leaves it to that one, so signals never
 * nest and never overlap. The next frame is looked for ahead of demand, in what has come already:
 * the end and errors need no demand, and input without a whole frame is released at once. Input is
 * asked for one buffer at a time, when a frame is wanted and none is there; for unbounded demand
 * all at once.
 */
final class FrameSubscriber<T> implements CoreSubscriber<ByteBuf>, Subscription, Scannable {
    private static final int QUEUE_CHUNK = 8;

    @SuppressWarnings("rawtypes")
    private static final AtomicIntegerFieldUpdater<FrameSubscriber> NOTED =
            AtomicIntegerFieldUpdater.newUpdater(FrameSubscriber.class, "noted");

    @SuppressWarnings("rawtypes")
    private static final AtomicLongFieldUpdater<FrameSubscriber> DEMAND =
            AtomicLongFieldUpdater.newUpdater(FrameSubscriber.class, "demand");

    private final CoreSubscriber<? super T> actual;
    private final Conversion<T> conversion;

    /** One buffer at most, unless demand is unbounded. */
    private final Queue<ByteBuf> inputs = Queues.<ByteBuf>unbounded(QUEUE_CHUNK).get();

    private @Nullable Subscription upstream;
    private volatile int noted;
    private volatile long demand;
    private volatile boolean upstreamDone;
    private volatile boolean cancelled;

    /** Written before {@link #upstreamDone}, and read after it. */
    private @Nullable Throwable upstreamError;

    /** Set by a request of less than one. */
    private volatile @Nullable Throwable badRequest;

    // What follows belongs to whoever works off what is noted.

    private @Nullable T ready;
    private Asked asked = Asked.NOTHING;
    private boolean conversionEnded;
    private boolean terminated;

    /** What the upstream has been asked for and has not sent yet. */
    private enum Asked {
        NOTHING,
        ONE,
        ALL
    }

    FrameSubscriber(CoreSubscriber<? super T> actual, Conversion<T> conversion) {
        this.actual = actual;
        this.conversion = conversion;
    }

    @Override
    public Context currentContext() {
        return actual.currentContext();
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        if (Operators.validate(upstream, subscription)) {
            upstream = subscription;
            actual.onSubscribe(this);
        }
    }

    @Override
    public void onNext(ByteBuf input) {
        if (upstreamDone || !inputs.offer(input)) {
            input.release(); // against rule 1.7
        } else {
            note();
        }
    }

    @Override
    public void onError(Throwable error) {
        if (upstreamDone || cancelled) {
            Operators.onErrorDropped(error, currentContext());
            return;
        }
        upstreamError = error;
        upstreamDone = true;
        note();
    }

    @Override
    public void onComplete() {
        upstreamDone = true;
        note();
    }

    @Override
    public void request(long n) {
        if (n > 0) {
            Operators.addCap(DEMAND, this, n);
        } else {
            badRequest = new IllegalArgumentException("rule 3.9: request(" + n + ")");
        }
        note();
    }

    @Override
    public void cancel() {
        if (!cancelled) {
            cancelled = true;
            cancelUpstream();
            note();
        }
    }

    private void cancelUpstream() {
        Subscription subscription = upstream;
        if (subscription != null) {
            subscription.cancel();
        }
    }

    /** Something has happened: works it off, unless somebody is at it, who then does. */
    private void note() {
        if (NOTED.getAndIncrement(this) != 0) {
            return;
        }
        Throwable broken = null;
        int seen = 1;
        do {
            try {
                workOff();
            } catch (RuntimeException | Error e) {
                // The subscriber threw, against rule 2.13: it counts as cancelled.
                broken = e;
                cancelled = true;
                cancelUpstream();
                discard();
            }
            seen = NOTED.addAndGet(this, -seen);
        } while (seen != 0);
        if (broken instanceof Error error) {
            throw error;
        } else if (broken instanceof RuntimeException exception) {
            throw exception;
        }
    }

    private void workOff() {
        while (!cancelled && !terminated) {
            Throwable misuse = badRequest;
            if (misuse != null) {
                fail(misuse);
                return;
            }
            if (ready == null && !findNext()) {
                return;
            }
            T frame = ready;
            if (frame != null) {
                if (demand == 0) {
                    return;
                }
                ready = null;
                Operators.produced(DEMAND, this, 1);
                actual.onNext(frame);
            }
        }
        discard();
    }

    /** Looks for the next frame; false when there is none, and nothing to be done about it now. */
    private boolean findNext() {
        // Read first: what came before the end is in the queue then.
        boolean done = upstreamDone;
        try {
            ready = conversion.next();
            if (ready != null) {
                return true;
            }
            ByteBuf input = inputs.poll();
            if (input != null) {
                asked = asked == Asked.ALL ? Asked.ALL : Asked.NOTHING;
                conversion.feed(input);
                return true;
            }
            if (done && upstreamError == null && !conversionEnded) {
                conversionEnded = true;
                ready = conversion.end();
                return true;
            }
        } catch (FrameException | RuntimeException | OutOfMemoryError e) {
            fail(e); // also for want of memory to copy into: the frame is lost, the process is not
            return false;
        }
        if (done) {
            end();
        } else {
            askUpstream();
        }
        return false;
    }

    private void end() {
        Throwable error = upstreamError;
        terminated = true;
        discard();
        if (error != null) {
            actual.onError(error);
        } else {
            actual.onComplete();
        }
    }

    /** An error of this operator's own. */
    private void fail(Throwable error) {
        terminated = true;
        upstreamDone = true; // an error that is on its way is reported as dropped
        cancelUpstream();
        discard();
        actual.onError(error);
    }

    private void askUpstream() {
        Subscription subscription = upstream;
        long wanted = demand;
        if (subscription == null || wanted == 0) {
            return;
        }
        if (wanted == Long.MAX_VALUE) {
            if (asked != Asked.ALL) {
                asked = Asked.ALL;
                subscription.request(Long.MAX_VALUE);
            }
        } else if (asked == Asked.NOTHING) {
            asked = Asked.ONE;
            subscription.request(1);
        }
    }

    private void discard() {
        T frame = ready;
        ready = null;
        if (frame instanceof ByteBuf buffer) {
            buffer.release();
        } else if (frame != null) {
            Operators.onDiscard(frame, currentContext());
        }
        conversion.release();
        for (ByteBuf input = inputs.poll(); input != null; input = inputs.poll()) {
            input.release();
        }
    }

    // Attributes are compared by identity, see Attr.
    @SuppressWarnings("ReferenceEquality")
    @Override
    public @Nullable Object scanUnsafe(@SuppressWarnings("rawtypes") Attr key) {
        if (key == Attr.PARENT) {
            return upstream;
        } else if (key == Attr.ACTUAL) {
            return actual;
        } else if (key == Attr.REQUESTED_FROM_DOWNSTREAM) {
            return demand;
        } else if (key == Attr.BUFFERED) {
            return inputs.size();
        } else if (key == Attr.CANCELLED) {
            return cancelled;
        } else if (key == Attr.TERMINATED) {
            return upstreamDone && !cancelled;
        } else if (key == Attr.ERROR) {
            return upstreamDone ? upstreamError : null;
        } else if (key == Attr.RUN_STYLE) {
            return Attr.RunStyle.SYNC;
        }
        return null;
    }
}
