// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import io.uringreactive.sys.abi.Errno;
import io.uringreactive.sys.abi.Opcode;
import io.uringreactive.sys.abi.Sqe;
import io.uringreactive.sys.ring.BufferRing;
import io.uringreactive.sys.ring.CompletionHandler;
import io.uringreactive.sys.ring.FileTable;
import io.uringreactive.sys.ring.Ring;
import io.uringreactive.sys.ring.RingConfig;
import io.uringreactive.sys.ring.RingCounters;
import io.uringreactive.sys.ring.RingFeature;
import io.uringreactive.sys.ring.RingFeatures;
import io.uringreactive.sys.ring.RingRestrictions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@link Ring} of a simulated kernel. Its loop's thread has the turn from the return of {@link
 * #enter} to the next call of it; CQEs arrive only in between.
 */
final class SimulatedRing extends SimulatedFile implements Ring {
    private final World world;
    private final Seat seat;
    private final RingFeatures features;
    private final Dispatch dispatch;
    private final SubmissionLine submissions;
    private final CompletionLine completions;
    private final Registered registered;
    private final Set<Operation> inFlight = new LinkedHashSet<>();
    private int fd;

    /** Who takes the SQEs that are shown; null where an enter does. */
    private final @Nullable Poller poller;

    private boolean closed;
    private final RingWait wait;
    private long enters;
    private int abandoned;

    SimulatedRing(
            World world, RingConfig config, RingFeatures features, RingRestrictions restrictions) {
        this.world = world;
        this.features = features;
        this.submissions = new SubmissionLine(config.submissionEntries());
        this.completions = new CompletionLine(config.completionEntries());
        this.wait = new RingWait(world.clock, completions, submissions);
        this.seat = world.baton.seat("ring " + world.rings.size());
        this.registered = new Registered(world, this, config);
        this.dispatch = new Dispatch(world, this, restrictions);
        this.poller =
                config.polling() == null
                        ? null
                        : new Poller(name(), world.chance, submissions, dispatch);
    }

    void opened(int descriptor) {
        this.fd = descriptor;
    }

    @Override
    public int descriptor() {
        return fd;
    }

    World world() {
        return world;
    }

    Seat seat() {
        return seat;
    }

    String name() {
        return seat.name;
    }

    @Override
    public void enable() {
        wait.none();
        world.baton.sitDown(seat);
    }

    @Override
    public RingFeatures features() {
        return features;
    }

    @Override
    public int submissionEntries() {
        return submissions.entries();
    }

    @Override
    public Sqe reserve() {
        requireOwner("reserve");
        while (submissions.isFull()) {
            wait.forRoom(poller != null);
            enter(0);
            wait.forRoom(false);
        }
        return submissions.reserve();
    }

    @Override
    public int unsubmitted() {
        return submissions.unsubmitted();
    }

    @Override
    public boolean entryWanted() {
        return completions.hasOverflow();
    }

    @Override
    public int completions() {
        return completions.size();
    }

    @Override
    public void enter(long timeoutNanos) {
        enter(timeoutNanos, 1, 0);
    }

    @Override
    public void enter(long timeoutNanos, int count, int minWaitMicros) {
        requireOwner("enter");
        if (timeoutNanos < 0) {
            throw new IllegalArgumentException("a negative timeout: " + timeoutNanos);
        }
        enters++;
        completions.flush();
        boolean early = !submit() || world.chance.happens(Fault.EARLY_RETURN);
        if (early) {
            wait.none();
        } else if (features.has(RingFeature.MIN_WAIT)) {
            wait.begin(timeoutNanos, count, minWaitMicros * 1000L);
        } else {
            wait.begin(timeoutNanos, 1, 0);
        }
        seat.state = Seat.State.WAITING;
        world.baton.passOn(seat, world.scheduler.next());
        wait.over();
    }

    /** False when not all were taken: then the kernel does not wait either. */
    private boolean submit() {
        int reserved = submissions.unsubmitted();
        if (poller != null) {
            submissions.show(reserved);
            world.work.offer(poller);
            return true;
        }
        int way = reserved == 0 ? 0 : world.chance.way(Fault.SHORT_SUBMIT, reserved + 1);
        int count = way == 0 ? reserved : way - 1;
        submissions.show(count);
        submissions.take(count, dispatch::submit);
        return way == 0;
    }

    /** Whether the enter that is going on may return. */
    boolean isRunnable() {
        return seat.state == Seat.State.WAITING && wait.isOver();
    }

    /** What it waits for in its enter; null while it does not. */
    @Nullable RingWait waiting() {
        return seat.state == Seat.State.WAITING ? wait : null;
    }

    @Override
    public int drain(CompletionHandler handler, int limit) {
        requireOwner("drain");
        return completions.drain(handler, limit);
    }

    @Override
    public void wake() {
        if (closed) {
            return;
        }
        world.baton.requireTurn("wake");
        wait.wake();
    }

    @Override
    public BufferRing bufferRing(int group, int count) {
        requireOwner("bufferRing");
        return registered.buffers(group, count);
    }

    @Override
    public FileTable fileTable(int slots) {
        requireOwner("fileTable");
        return registered.files(slots);
    }

    @Override
    public int resize(int submissionEntries, int completionEntries) {
        requireOwner("resize");
        return registered.resize(completions, completionEntries);
    }

    Registered registered() {
        return registered;
    }

    @Override
    public RingCounters counters() {
        return new RingCounters(
                enters, submissions.submitted(), completions.drained(), completions.overflows());
    }

    @Override
    public void close() {
        if (world.baton.isAbandoned()) {
            return;
        }
        world.baton.requireTurn("close of a ring");
        Thread owner = seat.thread;
        boolean inUse = owner != null && owner != Thread.currentThread() && owner.isAlive();
        if (closed || inUse) {
            throw new IllegalStateException(
                    "close of " + name() + (closed ? ", which is closed" : ", which is in use"));
        }
        closed = true;
        submissions.forget();
        abandoned = inFlight.size();
        List.copyOf(inFlight).forEach(Operation::discard);
        registered.files().close();
        int result = world.files.close(fd);
        assert result == 0;
        world.baton.leave(seat);
    }

    /** SINGLE_ISSUER: the kernel refuses everybody but the thread that enabled the ring. */
    void requireOwner(String call) {
        if (Thread.currentThread() != seat.thread) {
            throw new IllegalStateException(
                    call + " on " + name() + ": " + Errno.EEXIST + ", not the ring's own thread");
        }
        if (closed) {
            throw new IllegalStateException(call + " on " + name() + ", which is closed");
        }
    }

    void began(Operation operation) {
        inFlight.add(operation);
    }

    void ended(Operation operation) {
        inFlight.remove(operation);
    }

    Set<Operation> inFlight() {
        return inFlight;
    }

    boolean isQueueFull() {
        return completions.isFull();
    }

    void post(Submission submission, int result, int cqeFlags) {
        post(Opcode.name(submission.opcode()), submission.userData(), result, cqeFlags);
    }

    void post(String what, long userData, int result, int cqeFlags) {
        world.trace.completion(name() + " CQE " + what, userData, result, cqeFlags);
        completions.add(userData, result, cqeFlags);
    }

    /** What stands in the way of a clean end, in words. */
    List<String> leaks() {
        List<String> leaks = new ArrayList<>();
        if (!closed) {
            leaks.add(name() + " is open");
        }
        inFlight.forEach(operation -> leaks.add("in flight: " + operation.describe()));
        if (abandoned > 0) {
            leaks.add(name() + " was closed with " + abandoned + " operations in flight");
        }
        return leaks;
    }

    @Override
    void released() {
        // Closing has done everything.
    }

    @Override
    String describe() {
        return seat + ", " + completions + wait + (closed ? ", closed" : "");
    }
}
