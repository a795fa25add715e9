// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.uringreactive.sys.abi.CqeFlags;
import io.uringreactive.sys.abi.Errno;
import io.uringreactive.sys.abi.RegisterLayouts.Napi;
import io.uringreactive.sys.abi.RegisterOps;
import io.uringreactive.sys.abi.SqRingFlags;
import io.uringreactive.sys.abi.Sqe;
import io.uringreactive.sys.libc.RingCalls;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * {@link Ring} on the running kernel. Owned by the thread that enables it; {@link RingOwner}
 * refuses every other.
 */
final class KernelRing implements Ring {
    /**
     * How often, and for how long, a full submission queue is entered before that is taken for a
     * failure: a kernel thread that polls may be busy with others meanwhile.
     */
    private static final int SUBMIT_ATTEMPTS_MAX = 1_000;

    private static final long SUBMIT_NANOS_MAX = 1_000_000_000L;

    /** Ring operations run inline or by poll; worker threads are for what this library avoids. */
    private static final int IO_WORKERS_MAX = 16;

    private final RingConfig config;
    private final RingFeatures features;
    private final RingOwner owner = new RingOwner();
    private final WakeUp wakeUp = WakeUp.open();
    private final RingCalls calls = new RingCalls();
    private final RingEntry entry;
    private final List<String> concessions;
    private final Submitter submitter;
    private RingMemory memory;
    private CompletionQueue completions;
    private boolean wakeUpArmed;
    private boolean draining;
    private long drained;

    private KernelRing(RingMemory memory, RingFeatures features, RingConfig config) {
        this.memory = memory;
        this.features = features;
        this.config = config;
        this.completions = memory.completionQueue();
        this.concessions = Concessions.ofSize(config, memory);
        WaitArgument wait = new WaitArgument.Copied();
        if (config.registeredWait()) {
            WaitArgument.Attempt attempt = WaitArgument.register(calls, memory.fd());
            wait = attempt.argument();
            Concessions.ofRegisteredWait(attempt.result()).ifPresent(concessions::add);
        }
        if (config.busyPollMicros() > 0) {
            // Before the ring is enabled, and its restrictions with it.
            Concessions.ofBusyPoll(pollNetworkCards()).ifPresent(concessions::add);
        }
        this.entry = new RingEntry(calls, memory.fd(), wait, features.noIowait());
        this.submitter = Submitter.of(memory.submissionQueue(), entry, config);
    }

    static KernelRing open(RingMemory memory, RingFeatures features) {
        int completion = memory.completionEntries();
        return open(memory, features, new RingConfig(memory.submissionEntries(), completion));
    }

    /** Takes {@code memory} over; {@code wanted} is what it was meant to be. */
    static KernelRing open(RingMemory memory, RingFeatures features, RingConfig wanted) {
        try {
            return new KernelRing(memory, features, wanted);
        } catch (RuntimeException | Error e) {
            memory.close();
            throw e;
        }
    }

    private int pollNetworkCards() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment napi = arena.allocate(Napi.SIZE, Integer.BYTES);
            napi.set(JAVA_INT, Napi.BUSY_POLL_TO, config.busyPollMicros());
            return calls.register(memory.fd(), RegisterOps.NAPI, napi.address(), 1);
        }
    }

    @Override
    public void enable() {
        owner.requireDisabled("enable");
        int enabled = calls.register(memory.fd(), RegisterOps.ENABLE_RINGS, 0, 0);
        if (enabled < 0) {
            throw Diagnosis.explain("IORING_REGISTER_ENABLE_RINGS", enabled, SystemFacts.read());
        }
        owner.enabled();
        limitWorkers();
        if (!entry.registerDescriptor()) {
            concessions.add(Concessions.DESCRIPTOR);
        }
    }

    private void limitWorkers() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment counts = arena.allocateFrom(JAVA_INT, IO_WORKERS_MAX, IO_WORKERS_MAX);
            int result =
                    calls.register(memory.fd(), RegisterOps.IOWQ_MAX_WORKERS, counts.address(), 2);
            if (result < 0) {
                throw Diagnosis.explain(
                        "IORING_REGISTER_IOWQ_MAX_WORKERS", result, SystemFacts.read());
            }
        }
    }

    @Override
    public RingFeatures features() {
        return features;
    }

    @Override
    public int descriptor() {
        return memory.fd();
    }

    @Override
    public int submissionEntries() {
        return submitter.queue().entries();
    }

    @Override
    public Sqe reserve() {
        assert owner.isCaller() : owner.refusal();
        if (submitter.queue().isFull()) {
            makeRoom();
        }
        return submitter.queue().reserve();
    }

    private void makeRoom() {
        long start = System.nanoTime();
        for (int attempt = 0; submitter.queue().isFull(); attempt++) {
            if (attempt > SUBMIT_ATTEMPTS_MAX && System.nanoTime() - start > SUBMIT_NANOS_MAX) {
                throw new IllegalStateException(
                        "the submission queue stays full: the kernel takes no SQE");
            }
            submitter.makeRoom();
        }
    }

    @Override
    public int unsubmitted() {
        return submitter.pending();
    }

    @Override
    public boolean entryWanted() {
        assert owner.isCaller() : owner.refusal();
        return (submitter.queue().flags() & (SqRingFlags.TASKRUN | SqRingFlags.CQ_OVERFLOW)) != 0;
    }

    @Override
    public int completions() {
        assert owner.isCaller() : owner.refusal();
        return completions.ready();
    }

    @Override
    public void enter(long timeoutNanos) {
        enter(timeoutNanos, 1, 0);
    }

    @Override
    public void enter(long timeoutNanos, int count, int minWaitMicros) {
        owner.requireCaller("enter");
        boolean batched = minWaitMicros > 0 && features.has(RingFeature.MIN_WAIT);
        if (timeoutNanos != 0 && !wakeUpArmed && submitter.queue().isFull()) {
            // There is no room for the poll that ends our wait: submit the others first.
            submitter.makeRoom();
        }
        if (!wakeUpArmed && !submitter.queue().isFull()) {
            wakeUp.prepare(submitter.queue().reserve());
            wakeUpArmed = true;
        }
        // A wait that no other thread could end would lose a wake-up: better none.
        if (timeoutNanos == 0 || !wakeUpArmed) {
            submitter.submit();
        } else {
            int atLeast = batched ? count : 1;
            int minWait = batched ? minWaitMicros : 0;
            submitter.submitAndWait(timeoutNanos, atLeast, minWait);
        }
    }

    @Override
    public int drain(CompletionHandler handler, int limit) {
        assert owner.isCaller() : owner.refusal();
        boolean outer = draining;
        draining = true;
        try {
            return completions.drain(counting(handler), limit);
        } finally {
            draining = outer;
        }
    }

    private CompletionHandler counting(CompletionHandler handler) {
        return (userData, result, flags) -> {
            drained++;
            if (userData != WakeUp.USER_DATA) {
                handler.onCompletion(userData, result, flags);
            } else if (CqeFlags.isTerminal(flags)) {
                // A nearly full completion queue ends multishots; re-arm.
                wakeUpArmed = false;
            }
        };
    }

    @Override
    public void wake() {
        wakeUp.wake();
    }

    @Override
    public BufferRing bufferRing(int group, int entries) {
        return KernelBufferRing.register(calls, memory.fd(), group, entries);
    }

    @Override
    public FileTable fileTable(int slots) {
        return KernelFileTable.register(registration(), slots);
    }

    @Override
    public BufferTable bufferTable(int slots) {
        return KernelBufferTable.register(registration(), slots);
    }

    private Registration registration() {
        return new Registration(calls, owner, memory.fd());
    }

    @Override
    public int resize(int submissionEntries, int completionEntries) {
        owner.requireCaller("resize");
        if (draining) {
            throw new IllegalStateException("resize: not from a handler, which the old CQ feeds");
        }
        RingConfig resized = config.withEntries(submissionEntries, completionEntries);
        if (!features.has(RingFeature.RESIZE) || !config.mayResizeOn(SystemFacts.read())) {
            return -Errno.EOPNOTSUPP.number();
        }
        submitter.submit();
        if (submitter.queue().wraps() || completions.wraps()) {
            return -Errno.EAGAIN.number();
        }
        RingMemory.Attempt attempt = memory.resize(calls, resized);
        if (attempt.memory() == null) {
            return attempt.result();
        }
        memory = attempt.memory();
        submitter.replaceQueue(memory.submissionQueue());
        completions = memory.completionQueue();
        return 0;
    }

    @Override
    public List<String> concessions() {
        return List.copyOf(concessions);
    }

    @Override
    public RingCounters counters() {
        return submitter.counters(drained);
    }

    @Override
    public void close() {
        owner.requireMayClose("close");
        if (owner.isCaller()) {
            entry.unregisterDescriptor();
        }
        owner.closed();
        wakeUp.close();
        memory.close();
        entry.close();
    }
}
