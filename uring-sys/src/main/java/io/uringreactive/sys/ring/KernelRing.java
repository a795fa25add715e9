package io.uringreactive.sys.ring;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.uringreactive.sys.abi.CqeFlags;
import io.uringreactive.sys.abi.EnterFlags;
import io.uringreactive.sys.abi.Errno;
import io.uringreactive.sys.abi.Layouts.GeteventsArg;
import io.uringreactive.sys.abi.Layouts.Timespec;
import io.uringreactive.sys.abi.RegisterLayouts.RsrcUpdate;
import io.uringreactive.sys.abi.RegisterOps;
import io.uringreactive.sys.abi.SqRingFlags;
import io.uringreactive.sys.abi.Sqe;
import io.uringreactive.sys.libc.RingCalls;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * {@link Ring} on the running kernel. Owned by the thread that enables it; {@link RingOwner}
 * refuses every other.
 */
final class KernelRing implements Ring {
    /** How often a full submission queue is entered before that is taken for a failure. */
    private static final int SUBMIT_ATTEMPTS_MAX = 1_000;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** Ring operations run inline or by poll; worker threads are for what this library avoids. */
    private static final int IO_WORKERS_MAX = 16;

    private final RingMemory memory;
    private final RingFeatures features;
    private final SubmissionQueue submissions;
    private final CompletionQueue completions;
    private final RingOwner owner = new RingOwner();
    private final WakeUp wakeUp = WakeUp.open();
    private final RingCalls calls = new RingCalls();

    /** {@code io_uring_getevents_arg} followed by the timespec that it points to. */
    private final MemorySegment waitArgument =
            Arena.ofAuto().allocate(GeteventsArg.SIZE + Timespec.SIZE, Long.BYTES);

    private final MemorySegment timespec = waitArgument.asSlice(GeteventsArg.SIZE);

    /** What io_uring_enter(2) is called with: the index of the registered descriptor, or the fd. */
    private int enterFd;

    private int enterFlags;
    private boolean wakeUpArmed;
    private long enters;
    private long submitted;
    private long drained;
    private long overflows;

    private KernelRing(RingMemory memory, RingFeatures features) {
        this.memory = memory;
        this.features = features;
        this.submissions = memory.submissionQueue();
        this.completions = memory.completionQueue();
        this.enterFd = memory.fd();
        this.enterFlags = features.noIowait() ? EnterFlags.NO_IOWAIT : 0;
        waitArgument.set(JAVA_INT, GeteventsArg.SIGMASK_SZ, Long.BYTES);
    }

    static KernelRing open(RingMemory memory, RingFeatures features) {
        try {
            return new KernelRing(memory, features);
        } catch (RuntimeException | Error e) {
            memory.close();
            throw e;
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
        registerDescriptor();
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

    /** Spares the kernel the look-up of the descriptor in every enter (Linux 5.18). */
    private void registerDescriptor() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment update = arena.allocate(RsrcUpdate.SIZE, Long.BYTES);
            update.set(JAVA_INT, RsrcUpdate.OFFSET, -1);
            update.set(JAVA_LONG, RsrcUpdate.DATA, memory.fd());
            int result = calls.register(memory.fd(), RegisterOps.RING_FDS, update.address(), 1);
            if (result == 1) {
                enterFd = update.get(JAVA_INT, RsrcUpdate.OFFSET);
                enterFlags |= EnterFlags.REGISTERED_RING;
            }
            // A thread has 16 places; without one the plain descriptor does the same, slower.
        }
    }

    /**
     * The registration holds the ring open: without this its memory and the files of its operations
     * would stay until the thread ends, whatever close(2) says.
     */
    private void unregisterDescriptor() {
        if ((enterFlags & EnterFlags.REGISTERED_RING) != 0) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment update = arena.allocate(RsrcUpdate.SIZE, Long.BYTES);
                update.set(JAVA_INT, RsrcUpdate.OFFSET, enterFd);
                int operation = RegisterOps.UNREGISTER_RING_FDS;
                int result = calls.register(memory.fd(), operation, update.address(), 1);
                assert result == 1 : "IORING_UNREGISTER_RING_FDS: " + result;
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
        return submissions.entries();
    }

    @Override
    public Sqe reserve() {
        assert owner.isCaller() : owner.refusal();
        for (int attempt = 0; submissions.isFull(); attempt++) {
            if (attempt == SUBMIT_ATTEMPTS_MAX) {
                throw new IllegalStateException(
                        "the submission queue stays full: the kernel takes no SQE");
            }
            enter(0);
        }
        return submissions.reserve();
    }

    @Override
    public int unsubmitted() {
        return submissions.unconsumed();
    }

    @Override
    public boolean entryWanted() {
        assert owner.isCaller() : owner.refusal();
        return (submissions.flags() & (SqRingFlags.TASKRUN | SqRingFlags.CQ_OVERFLOW)) != 0;
    }

    @Override
    public int completions() {
        assert owner.isCaller() : owner.refusal();
        return completions.ready();
    }

    @Override
    public void enter(long timeoutNanos) {
        owner.requireCaller("enter");
        if (timeoutNanos != 0 && !wakeUpArmed && submissions.isFull()) {
            // There is no room for the poll that ends our wait: submit the others first.
            enterOnce(0);
        }
        if (!wakeUpArmed && !submissions.isFull()) {
            wakeUp.prepare(submissions.reserve());
            wakeUpArmed = true;
        }
        // A wait that no other thread could end would lose a wake-up: better none.
        enterOnce(wakeUpArmed ? timeoutNanos : 0);
    }

    private void enterOnce(long timeoutNanos) {
        submissions.publish();
        enters++;
        if ((submissions.flags() & SqRingFlags.CQ_OVERFLOW) != 0) {
            overflows++;
        }
        int flags = enterFlags | EnterFlags.GETEVENTS;
        int toSubmit = submissions.unconsumed();
        int result;
        if (timeoutNanos == 0) {
            result = calls.enter(enterFd, toSubmit, 0, flags, 0, 0);
        } else {
            long timespecAddress = 0;
            if (timeoutNanos != Long.MAX_VALUE) {
                timespec.set(JAVA_LONG, Timespec.SEC, timeoutNanos / NANOS_PER_SECOND);
                timespec.set(JAVA_LONG, Timespec.NSEC, timeoutNanos % NANOS_PER_SECOND);
                timespecAddress = timespec.address();
            }
            waitArgument.set(JAVA_LONG, GeteventsArg.TS, timespecAddress);
            result =
                    calls.enter(
                            enterFd,
                            toSubmit,
                            1,
                            flags | EnterFlags.EXT_ARG,
                            waitArgument.address(),
                            GeteventsArg.SIZE);
        }
        if (result >= 0) {
            submitted += result;
        } else {
            checkEnter(result);
        }
    }

    private static void checkEnter(int result) {
        boolean transientError =
                Errno.ETIME.is(result) // the time is over and nothing came
                        || Errno.EINTR.is(result) // a signal, or task work, came first
                        || Errno.EBUSY.is(result) // CQEs overflowed: drain and come back
                        || Errno.EAGAIN.is(result); // no memory for a request right now
        if (!transientError) {
            throw new IllegalStateException(
                    "io_uring_enter failed with "
                            + Errno.name(result)
                            + (Errno.EBADR.is(result)
                                    ? ": a CQE was lost for want of memory"
                                    : ""));
        }
    }

    @Override
    public int drain(CompletionHandler handler, int limit) {
        assert owner.isCaller() : owner.refusal();
        return completions.drain(
                (userData, result, flags) -> {
                    drained++;
                    if (userData != WakeUp.USER_DATA) {
                        handler.onCompletion(userData, result, flags);
                    } else if (CqeFlags.isTerminal(flags)) {
                        // A nearly full completion queue ends multishots; re-arm.
                        wakeUpArmed = false;
                    }
                },
                limit);
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
    public RingCounters counters() {
        return new RingCounters(enters, submitted, drained, overflows);
    }

    @Override
    public void close() {
        owner.requireMayClose("close");
        if (owner.isCaller()) {
            unregisterDescriptor();
        }
        owner.closed();
        wakeUp.close();
        memory.close();
    }
}
