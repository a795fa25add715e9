// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.uringreactive.sys.abi.Errno;
import io.uringreactive.sys.abi.Layouts.CqOffsets;
import io.uringreactive.sys.abi.Layouts.Cqe;
import io.uringreactive.sys.abi.Layouts.MapOffsets;
import io.uringreactive.sys.abi.Layouts.Params;
import io.uringreactive.sys.abi.Layouts.SqOffsets;
import io.uringreactive.sys.abi.RegisterOps;
import io.uringreactive.sys.abi.SetupFlags;
import io.uringreactive.sys.abi.Sqe;
import io.uringreactive.sys.libc.Calls;
import io.uringreactive.sys.libc.Native;
import io.uringreactive.sys.libc.RingCalls;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * A ring's file descriptor and its two mappings: the indices with the CQEs, and the SQEs
 * (io_uring_setup(2); IORING_FEAT_SINGLE_MMAP since Linux 5.4).
 */
record RingMemory(
        int fd, int setupFlags, MemorySegment params, MemorySegment rings, MemorySegment sqes) {

    /** What every ring is opened with; NO_SQARRAY comes on top where known. */
    private static final int COMMON_FLAGS =
            SetupFlags.R_DISABLED
                    | SetupFlags.SUBMIT_ALL
                    | SetupFlags.CLAMP
                    | SetupFlags.CQSIZE
                    | SetupFlags.SINGLE_ISSUER;

    /** Of a ring that its own thread submits to. */
    static final int SETUP_FLAGS =
            COMMON_FLAGS | SetupFlags.DEFER_TASKRUN | SetupFlags.TASKRUN_FLAG;

    /**
     * Of a ring that a kernel thread submits to, which runs the task work as well: the kernel
     * refuses DEFER_TASKRUN, COOP_TASKRUN and TASKRUN_FLAG beside it (-EINVAL).
     */
    static final int POLLED_FLAGS = COMMON_FLAGS | SetupFlags.SQPOLL;

    /** What came of a try: the memory, or the call that failed and its -errno. */
    record Attempt(@Nullable RingMemory memory, String call, int result) {}

    static Attempt tryOpen(RingConfig config) {
        int flags = config.polling() == null ? SETUP_FLAGS : POLLED_FLAGS;
        Attempt attempt = tryOpen(config, flags | SetupFlags.NO_SQARRAY);
        return Errno.EINVAL.is(attempt.result()) ? tryOpen(config, flags) : attempt;
    }

    static Attempt tryOpen(RingConfig config, int wanted) {
        MemorySegment params = Arena.ofAuto().allocate(Params.SIZE, Long.BYTES);
        SubmissionPolling polling = config.polling();
        int flags = wanted;
        if (polling != null) {
            params.set(JAVA_INT, Params.SQ_THREAD_IDLE, polling.idleMillis());
            if (polling.isShared()) {
                flags |= SetupFlags.ATTACH_WQ;
                params.set(JAVA_INT, Params.WQ_FD, polling.sharedWith());
            }
        }
        params.set(JAVA_INT, Params.FLAGS, flags);
        params.set(JAVA_INT, Params.CQ_ENTRIES, config.completionEntries());
        int fd = new RingCalls().setup(config.submissionEntries(), params);
        if (fd < 0) {
            return new Attempt(null, "io_uring_setup", fd);
        }
        Attempt attempt = map(fd, flags, params);
        if (attempt.memory() == null) {
            int closed = Calls.close(fd);
            assert closed == 0 : "close: " + closed;
        }
        return attempt;
    }

    /** Maps what {@code params} tells of; the descriptor stays open also when that fails. */
    private static Attempt map(int fd, int flags, MemorySegment params) {
        long ringBytes = Math.max(sqBytes(params), cqBytes(params));
        long rings = Calls.mapRing(fd, ringBytes, MapOffsets.SQ_RING);
        if (rings < 0) {
            return new Attempt(null, "mmap of the ring", (int) rings);
        }
        long sqeBytes = (long) params.get(JAVA_INT, Params.SQ_ENTRIES) * Sqe.SIZE;
        long sqes = Calls.mapRing(fd, sqeBytes, MapOffsets.SQES);
        if (sqes < 0) {
            int unmapped = Calls.unmap(rings, ringBytes);
            assert unmapped == 0 : "munmap: " + unmapped;
            return new Attempt(null, "mmap of the SQEs", (int) sqes);
        }
        RingMemory memory =
                new RingMemory(
                        fd,
                        flags,
                        params,
                        Native.memory(rings, ringBytes),
                        Native.memory(sqes, sqeBytes));
        return new Attempt(memory, "io_uring_setup", 0);
    }

    /**
     * Gives the ring {@code config}'s size (IORING_REGISTER_RESIZE_RINGS, Linux 6.13): the kernel
     * copies what is in both queues. The new memory on success; on failure the old is good as
     * before, unless the kernel had changed over already: then the ring is lost.
     */
    Attempt resize(RingCalls calls, RingConfig config) {
        MemorySegment resized = Arena.ofAuto().allocate(Params.SIZE, Long.BYTES);
        resized.set(JAVA_INT, Params.SQ_ENTRIES, config.submissionEntries());
        resized.set(JAVA_INT, Params.CQ_ENTRIES, config.completionEntries());
        resized.set(JAVA_INT, Params.FLAGS, SetupFlags.CQSIZE | SetupFlags.CLAMP);
        int result = calls.register(fd, RegisterOps.RESIZE_RINGS, resized.address(), 1);
        if (result < 0) {
            return new Attempt(null, "IORING_REGISTER_RESIZE_RINGS", result);
        }
        resized.set(JAVA_INT, Params.FEATURES, featureBits());
        Attempt attempt = map(fd, setupFlags, resized);
        if (attempt.memory() == null) {
            throw new IllegalStateException(
                    "the ring is lost, its new memory cannot be mapped: "
                            + attempt.call()
                            + " failed with "
                            + Errno.name(attempt.result()));
        }
        unmap();
        return attempt;
    }

    private static long sqBytes(MemorySegment params) {
        long array = params.get(JAVA_INT, Params.SQ_OFF + SqOffsets.ARRAY);
        return array + (long) params.get(JAVA_INT, Params.SQ_ENTRIES) * Integer.BYTES;
    }

    private static long cqBytes(MemorySegment params) {
        long cqes = params.get(JAVA_INT, Params.CQ_OFF + CqOffsets.CQES);
        return cqes + (long) params.get(JAVA_INT, Params.CQ_ENTRIES) * Cqe.SIZE;
    }

    SubmissionQueue submissionQueue() {
        MemorySegment offsets = params.asSlice(Params.SQ_OFF);
        int entries = params.get(JAVA_INT, Params.SQ_ENTRIES);
        SubmissionQueue queue = new SubmissionQueue(rings, sqes, offsets, entries);
        if ((setupFlags & SetupFlags.NO_SQARRAY) == 0) {
            queue.fillIndexArray(offsets.get(JAVA_INT, SqOffsets.ARRAY));
        }
        return queue;
    }

    CompletionQueue completionQueue() {
        return new CompletionQueue(rings, params.asSlice(Params.CQ_OFF));
    }

    int submissionEntries() {
        return params.get(JAVA_INT, Params.SQ_ENTRIES);
    }

    int completionEntries() {
        return params.get(JAVA_INT, Params.CQ_ENTRIES);
    }

    int featureBits() {
        return params.get(JAVA_INT, Params.FEATURES);
    }

    /**
     * Closes the descriptor and takes the mappings away: nobody may touch the queues afterwards.
     */
    void close() {
        int closed = Calls.close(fd);
        if (closed < 0) {
            throw new IllegalStateException("closing a ring: close " + closed);
        }
        unmap();
    }

    private void unmap() {
        int first = Calls.unmap(rings.address(), rings.byteSize());
        int second = Calls.unmap(sqes.address(), sqes.byteSize());
        if (first < 0 || second < 0) {
            throw new IllegalStateException("unmapping a ring: " + first + ", " + second);
        }
    }
}
