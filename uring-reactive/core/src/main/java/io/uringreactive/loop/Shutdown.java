// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.loop;

import io.uringreactive.RingLost;
import io.uringreactive.TransportErrors;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.Logger;
import reactor.util.Loggers;

/**
 * How a loop ends without freeing memory that the kernel may still write: what lives on the loop is
 * aborted, everything in flight is cancelled, and the ring is closed only after the last terminal
 * CQE. After a deadline the ring is closed all the same, but all that its operations refer to is
 * kept for the rest of the process. Confined to the loop, except {@link #request()} and the
 * queries.
 */
public final class Shutdown {
    private static final Logger LOG = Loggers.getLogger(Shutdown.class);
    private static final long DEADLINE_NANOS = 5_000_000_000L;
    private static final int SEALED = Integer.MIN_VALUE;
    private static final long RETRY_NANOS = 50_000_000L;

    /** Never read: it only keeps alive what the kernel may still write to. */
    private static final List<Object> LEAKED = new ArrayList<>();

    private final RingLoop loop;
    private final Set<Runnable> hooks = new LinkedHashSet<>();
    private final List<Runnable> releases = new ArrayList<>();
    private final Sinks.Empty<Void> done = Sinks.empty();

    /**
     * How many others rely on the ring's descriptor right now; {@link #SEALED} once it is closed.
     */
    private final AtomicInteger holds = new AtomicInteger();

    private volatile boolean requested;
    private boolean begun;
    private boolean complete;
    private long deadlineNanos;
    private long nextCancelNanos;

    Shutdown(RingLoop loop) {
        this.loop = loop;
    }

    void request() {
        requested = true;
    }

    /** Whether the loop has been told to stop. Safe from any thread. */
    public boolean isRequested() {
        return requested;
    }

    /** Completes when the ring is closed and its thread about to end. */
    public Mono<Void> done() {
        return done.asMono();
    }

    /** Runs {@code hook} when the loop stops, unless it is removed before; soon, if it is late. */
    public void addHook(Runnable hook) {
        if (!begun) {
            hooks.add(hook);
        } else if (complete) {
            hook.run();
        } else {
            // What comes into being while the loop stops must end too: the ring waits for it. Not
            // at once: whoever adds the hook may still be under construction.
            loop.defer(hook);
        }
    }

    public void removeHook(Runnable hook) {
        hooks.remove(hook);
    }

    /** Runs {@code release} after the last terminal CQE, right before the ring is closed. */
    public void addRelease(Runnable release) {
        releases.add(release);
    }

    /**
     * Keeps the ring's descriptor open until {@link #letGo()}; false when it is closed already, and
     * its number perhaps a stranger's. Safe from any thread.
     */
    public boolean hold() {
        return holds.getAndUpdate(n -> n == SEALED ? SEALED : n + 1) != SEALED;
    }

    /** Safe from any thread. */
    public void letGo() {
        holds.updateAndGet(n -> n == SEALED ? SEALED : n - 1);
    }

    boolean isComplete() {
        return complete;
    }

    void advance() {
        if (!requested || complete) {
            return;
        }
        long now = loop.nanoTime();
        if (!begun) {
            deadlineNanos = now + DEADLINE_NANOS;
            nextCancelNanos = now;
            runHooks();
        }
        if (loop.isQuiet() && holds.compareAndSet(0, SEALED)) {
            releases.forEach(RingLoop::guarded);
            finish();
        } else if (now - deadlineNanos >= 0) {
            String what =
                    loop + " stops with " + loop.operations().inFlight() + " operations in flight";
            LOG.warn("{}: their memory is kept for good", what);
            abandon(TransportErrors.ringLost(what, null));
        } else if (now - nextCancelNanos >= 0) {
            loop.operations().cancelAll();
            nextCancelNanos = now + RETRY_NANOS;
            new Retry().set();
        }
    }

    /**
     * Ends without the terminal CQEs: what the kernel may still touch is kept for good, and whoever
     * waits for one is told {@code reason}.
     */
    void abandon(RingLost reason) {
        requested = true;
        holds.set(SEALED);
        synchronized (LEAKED) {
            LEAKED.add(loop);
        }
        complete = true;
        RingLoop.guarded(loop::close);
        runHooks(); // the ring has failed: who sends and receives on it must hear of it
        loop.operations().lose(reason);
        RingLoop.guarded(done::tryEmitEmpty);
    }

    private void runHooks() {
        if (!begun) {
            begun = true;
            List.copyOf(hooks).forEach(RingLoop::guarded);
        }
    }

    private void finish() {
        complete = true;
        RingLoop.guarded(loop::close);
        RingLoop.guarded(done::tryEmitEmpty);
    }

    /** Wakes the loop for the next look; what it does is in {@link #advance()}. */
    private final class Retry extends Timers.Timer {
        void set() {
            deadlineNanos = nextCancelNanos;
            loop.timers().add(this);
        }

        @Override
        void fire() {
            // The turn that fires this timer advances the shutdown.
        }
    }
}
