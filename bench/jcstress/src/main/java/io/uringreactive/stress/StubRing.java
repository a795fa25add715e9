// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.stress;

import io.uringreactive.sys.abi.Sqe;
import io.uringreactive.sys.ring.BufferRing;
import io.uringreactive.sys.ring.CompletionHandler;
import io.uringreactive.sys.ring.Kernel;
import io.uringreactive.sys.ring.Ring;
import io.uringreactive.sys.ring.RingConfig;
import io.uringreactive.sys.ring.RingCounters;
import io.uringreactive.sys.ring.RingFeatures;
import io.uringreactive.sys.ring.RingRestrictions;
import io.uringreactive.sys.ring.Sockets;
import java.lang.foreign.Arena;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicInteger;

/** A ring that takes operations and completes none, cheap enough for millions of instances. */
public final class StubRing implements Ring, Kernel {
    /** Nobody reads what is prepared: all rings may write to the same place. */
    private static final Arena FOREVER = Arena.ofAuto();

    private final Sqe sqe = new Sqe(FOREVER.allocate(Sqe.SIZE, Sqe.SIZE));
    private final Sockets sockets;
    private final AtomicInteger wakes = new AtomicInteger();
    private volatile boolean closed;

    public StubRing(Sockets sockets) {
        this.sockets = sockets;
    }

    public StubRing() {
        this(new StubSockets());
    }

    /** How often it was woken. */
    public int wakes() {
        return wakes.get();
    }

    public boolean isClosed() {
        return closed;
    }

    @Override
    public void wake() {
        wakes.incrementAndGet();
    }

    @Override
    public void enable() {}

    @Override
    public RingFeatures features() {
        return new RingFeatures(0, 0, new BitSet(), false);
    }

    @Override
    public int descriptor() {
        return -1;
    }

    @Override
    public int submissionEntries() {
        return 1;
    }

    @Override
    public Sqe reserve() {
        return sqe.moveTo(0);
    }

    @Override
    public int unsubmitted() {
        return 0;
    }

    @Override
    public boolean entryWanted() {
        return false;
    }

    @Override
    public int completions() {
        return 0;
    }

    /** As an unusable ring's does: a loop that comes here ends. */
    @Override
    public void enter(long timeoutNanos) {
        throw new IllegalStateException("a stub cannot be entered");
    }

    @Override
    public int drain(CompletionHandler handler, int limit) {
        return 0;
    }

    @Override
    public BufferRing bufferRing(int group, int entries) {
        return new NoBufferRing(group);
    }

    @Override
    public RingCounters counters() {
        return new RingCounters(0, 0, 0, 0);
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public Ring openRing(RingConfig config, RingRestrictions restrictions) {
        return this;
    }

    @Override
    public Sockets sockets() {
        return sockets;
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    private record NoBufferRing(int group) implements BufferRing {
        @Override
        public void provide(long address, int bytes, int bufferId) {}

        @Override
        public void publish() {}

        @Override
        public void close() {}
    }
}
