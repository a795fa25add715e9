// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.transport;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.uringreactive.ListenOptions;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jctools.queues.atomic.MpscUnboundedAtomicArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * How many connections a listener lets in: at a time, and in a second. Above that its gates are
 * closed and the kernel's backlog holds newcomers; what had been accepted by then waits here,
 * unread, and is let in first. Safe from any thread: whichever comes first decides for all.
 */
final class Admission {
    private static final int CHUNK = 64;
    private static final long SECOND_NANOS = SECONDS.toNanos(1);

    private final LoopListener listener;
    private final int openMax;
    private final List<GuardedGate> gates;
    private final MpscUnboundedAtomicArrayQueue<LoopConnection> waiting =
            new MpscUnboundedAtomicArrayQueue<>(CHUNK);
    private final AtomicInteger open = new AtomicInteger();

    /** Above 0 while a thread decides. */
    private final AtomicInteger deciding = new AtomicInteger();

    /** Between two connections, at the rate that is allowed; 0 for any. */
    private final long intervalNanos;

    /** Guarded by {@link #deciding}, like the rest: time that is saved up, for a second at most. */
    private long savedNanos = SECOND_NANOS;

    private long countedNanos;
    private boolean letsIn = true;

    /** Whether a timer is set for when the next one may be let in. */
    private volatile boolean timed;

    private volatile boolean stopped;

    private Admission(LoopListener listener, ListenOptions options) {
        this.listener = listener;
        this.openMax = options.acceptedMax() == 0 ? Integer.MAX_VALUE : options.acceptedMax();
        int perSecond = options.acceptsPerSecond();
        this.intervalNanos = perSecond == 0 ? 0 : SECOND_NANOS / perSecond;
        this.gates = listener.gates().stream().map(GuardedGate::new).toList();
        this.countedNanos = loop().nanoTime();
    }

    /** Null where nothing limits it. */
    static @Nullable Admission of(LoopListener listener, ListenOptions options) {
        return options.acceptedMax() == 0 && options.acceptsPerSecond() == 0
                ? null
                : new Admission(listener, options);
    }

    /** Those that connections are wanted of, instead of the listener's own. */
    List<? extends Gate> gates() {
        return gates;
    }

    /** {@code connection} was accepted; on its loop. */
    void onAccepted(LoopConnection connection) {
        waiting.offer(connection);
        decide();
    }

    /** The listener closes: what waits is aborted, since nobody may come to let it in. */
    void stop() {
        stopped = true;
        decide();
    }

    private void onClosed() {
        open.decrementAndGet();
        decide();
    }

    private void decide() {
        if (deciding.getAndIncrement() > 0) {
            return; // whoever decides goes round again
        }
        int seen = 1;
        do {
            letIn();
            seen = deciding.addAndGet(-seen);
        } while (seen != 0);
    }

    private void letIn() {
        saveTime();
        while (!waiting.isEmpty() && (stopped || mayLetIn())) {
            LoopConnection next = waiting.poll();
            if (next != null && stopped && !mayLetIn()) {
                next.dispose();
            } else if (next != null) {
                open.incrementAndGet();
                savedNanos -= intervalNanos;
                next.onClose().subscribe(nothing -> {}, error -> {}, this::onClosed);
                next.loop().run(() -> listener.deliver(next));
            }
        }
        letsIn = mayLetIn();
        gates.forEach(GuardedGate::adjust);
        if (savedNanos < intervalNanos && !timed && !stopped) {
            timed = true;
            long nanos = intervalNanos - savedNanos;
            loop().execute(() -> decideAfter(nanos));
        }
    }

    private void decideAfter(long nanos) {
        if (!loop().isStopping()) {
            loop().after(nanos, this::onTime);
        }
    }

    private void onTime() {
        timed = false;
        decide();
    }

    private boolean mayLetIn() {
        return open.get() < openMax && savedNanos >= intervalNanos;
    }

    private void saveTime() {
        long now = loop().nanoTime();
        savedNanos = Math.min(SECOND_NANOS, savedNanos + (now - countedNanos));
        countedNanos = now;
    }

    private Loop loop() {
        return listener.gates().getFirst().loop();
    }

    /** Lets nobody in while the listener has too many. */
    private final class GuardedGate implements Gate {
        private final Gate gate;
        private volatile boolean wanted;

        /** What the gate was told last. */
        private boolean isOpen;

        GuardedGate(Gate gate) {
            this.gate = gate;
        }

        @Override
        public Loop loop() {
            return gate.loop();
        }

        @Override
        public void want(boolean connections) {
            wanted = connections;
            decide();
        }

        void adjust() {
            boolean opens = wanted && letsIn;
            if (opens != isOpen) {
                isOpen = opens;
                gate.want(opens);
            }
        }
    }
}
