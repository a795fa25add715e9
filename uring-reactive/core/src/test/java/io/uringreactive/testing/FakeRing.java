// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.testing;

import io.uringreactive.sys.abi.Sqe;
import io.uringreactive.sys.ring.BufferRing;
import io.uringreactive.sys.ring.CompletionHandler;
import io.uringreactive.sys.ring.Kernel;
import io.uringreactive.sys.ring.LinuxKernel;
import io.uringreactive.sys.ring.Ring;
import io.uringreactive.sys.ring.RingConfig;
import io.uringreactive.sys.ring.RingCounters;
import io.uringreactive.sys.ring.RingFeatures;
import io.uringreactive.sys.ring.RingRestrictions;
import io.uringreactive.sys.ring.Sockets;
import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A ring without a kernel: every operation succeeds, with result 0, in the next enter. */
public final class FakeRing implements Ring, Kernel {
    private static final int ENTRIES = 64;

    private final Sqe sqe = new Sqe(Arena.ofAuto().allocate((long) ENTRIES * Sqe.SIZE, Sqe.SIZE));
    private final Semaphore wakeUps = new Semaphore(0);
    private final Queue<Long> completed = new ArrayDeque<>();
    private final List<Integer> provided = new ArrayList<>();
    private final List<String> batches = new ArrayList<>();
    private final Queue<Integer> resizeResults = new ArrayDeque<>();
    private final List<Integer> resizes = new ArrayList<>();
    private long overflows;
    private int reserved;
    private volatile @Nullable RuntimeException broken;
    private final AtomicLong skewNanos = new AtomicLong();
    private volatile boolean holding;
    private volatile boolean closed;

    /** Every later enter fails with {@code failure}, as an unusable ring's does. */
    public void breakWith(RuntimeException failure) {
        broken = failure;
    }

    /** From now on operations stay in flight for good. */
    public void holdCompletions() {
        holding = true;
    }

    /** Moves the clock on. */
    public void advance(Duration time) {
        skewNanos.addAndGet(time.toNanos());
        wake();
    }

    public boolean isClosed() {
        return closed;
    }

    /** The ids of the buffers that were given to the kernel, in order; read it on the loop. */
    public List<Integer> provided() {
        return provided;
    }

    /** The waits for several CQEs, as "3 CQEs, 50 us"; read it on the loop. */
    public List<String> batches() {
        return batches;
    }

    /** Counts one overflow of the completion queue. */
    public void overflow() {
        overflows++;
    }

    /** What the next resizes answer; 0 when there is no more. */
    public void answerResizes(Integer... results) {
        resizeResults.addAll(List.of(results));
    }

    /** The numbers of CQEs that were asked for. */
    public List<Integer> resizes() {
        return resizes;
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
        return ENTRIES;
    }

    @Override
    public Sqe reserve() {
        if (reserved == ENTRIES) {
            submit();
        }
        return sqe.moveTo(reserved++);
    }

    private void submit() {
        for (int i = 0; i < reserved && !holding; i++) {
            completed.add(sqe.lookAt(i).userData());
        }
        reserved = 0;
    }

    @Override
    public int unsubmitted() {
        return reserved;
    }

    @Override
    public boolean entryWanted() {
        return false;
    }

    @Override
    public int completions() {
        return completed.size();
    }

    @Override
    public void enter(long timeoutNanos) {
        RuntimeException failure = broken;
        if (failure != null) {
            throw failure;
        }
        submit();
        if (timeoutNanos > 0 && completed.isEmpty()) {
            try {
                boolean woken = wakeUps.tryAcquire(timeoutNanos, TimeUnit.NANOSECONDS);
                assert woken || timeoutNanos != Long.MAX_VALUE;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        int others = wakeUps.drainPermits();
        assert others >= 0;
    }

    @Override
    public void enter(long timeoutNanos, int count, int minWaitMicros) {
        batches.add(count + " CQEs, " + minWaitMicros + " us");
        enter(timeoutNanos);
    }

    @Override
    public int resize(int submissionEntries, int completionEntries) {
        resizes.add(completionEntries);
        Integer result = resizeResults.poll();
        return result == null ? 0 : result;
    }

    @Override
    public int drain(CompletionHandler handler, int limit) {
        int count = Math.min(limit, completed.size());
        for (int i = 0; i < count; i++) {
            handler.onCompletion(completed.remove(), 0, 0);
        }
        return count;
    }

    @Override
    public void wake() {
        wakeUps.release();
    }

    @Override
    public BufferRing bufferRing(int group, int entries) {
        return new BufferRing() {
            @Override
            public int group() {
                return group;
            }

            @Override
            public void provide(long address, int bytes, int bufferId) {
                provided.add(bufferId);
            }

            @Override
            public void publish() {}

            @Override
            public void close() {}
        };
    }

    @Override
    public RingCounters counters() {
        return new RingCounters(0, 0, 0, overflows);
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
        return LinuxKernel.instance().sockets();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime() + skewNanos.get();
    }
}
