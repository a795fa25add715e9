// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

import io.uringreactive.sys.abi.Errno;
import io.uringreactive.sys.abi.Sqe;
import java.util.List;

/**
 * One io_uring instance, confined to the thread that enabled it: nobody else reserves, enters or
 * drains. Only {@link #wake()} is safe from any thread.
 *
 * <p>Errors of operations are CQE results ({@code -errno}); methods throw only for misuse and for
 * failures that leave the ring unusable.
 */
public interface Ring {
    /** Where the calling thread takes possession of the ring, once; it must outlive the ring. */
    void enable();

    RingFeatures features();

    /** The ring's file descriptor: where MSG_RING of another ring sends to. */
    int descriptor();

    /** How many SQEs fit the submission queue. */
    int submissionEntries();

    /**
     * The next SQE, zeroed, to be prepared at once: the view is re-used by the next call. A full
     * queue is first submitted, without waiting. Published by the next {@link #enter}.
     */
    Sqe reserve();

    /** SQEs reserved and not yet submitted. */
    int unsubmitted();

    /** Whether the kernel has work for this thread that only an enter brings out. */
    boolean entryWanted();

    /** CQEs that can be drained without entering. */
    int completions();

    /**
     * One io_uring_enter(2): submits everything reserved, runs what the kernel has deferred, and
     * waits until a CQE is there or {@code timeoutNanos} have passed.
     *
     * @param timeoutNanos 0 to not wait, {@link Long#MAX_VALUE} to wait without a limit
     */
    void enter(long timeoutNanos);

    /**
     * As {@link #enter(long)}, but waits for {@code completions} CQEs at a time: until so many are
     * there, or one is and {@code minWaitMicros} have passed since the call, or the time is over
     * (Linux 6.12; elsewhere it is {@link #enter(long)}). A {@link #wake()} is one CQE: it may wait
     * for {@code minWaitMicros}.
     *
     * @param completions at least 1
     * @param minWaitMicros at least 1
     */
    default void enter(long timeoutNanos, int completions, int minWaitMicros) {
        enter(timeoutNanos);
    }

    /**
     * Delivers at most {@code limit} of the CQEs seen on entry, in ring order, and returns their
     * number. A handler that throws has its CQE consumed.
     */
    int drain(CompletionHandler handler, int limit);

    /** Ends the current or else the next wait of {@link #enter} early. Safe from any thread. */
    void wake();

    /** Registers a ring of provided buffers under {@code group}, with room for {@code entries}. */
    BufferRing bufferRing(int group, int entries);

    /**
     * Registers an empty table of {@code slots} direct descriptors; a ring has at most one.
     *
     * @throws RingUnavailable by {@code FILE_LIMIT} when that is more than RLIMIT_NOFILE, by {@code
     *     MEMLOCK} when there is no memory
     * @throws IllegalStateException when the ring has one, when its {@link RingRestrictions} do not
     *     allow it, or for a thread that is not the ring's
     * @throws UnsupportedOperationException on a ring that has no such tables
     */
    default FileTable fileTable(int slots) {
        throw new UnsupportedOperationException(getClass().getSimpleName() + " has no file tables");
    }

    /**
     * Registers an empty table of {@code slots} buffers, at most 16384; a ring has at most one.
     *
     * @throws IllegalArgumentException for more slots than that
     * @throws IllegalStateException when the ring has one, when its {@link RingRestrictions} do not
     *     allow it, or for a thread that is not the ring's
     * @throws UnsupportedOperationException on a ring that has no such tables
     */
    default BufferTable bufferTable(int slots) {
        throw new UnsupportedOperationException(
                getClass().getSimpleName() + " has no buffer tables");
    }

    /**
     * Gives both queues another size; nothing in them is lost. An {@link Sqe} from {@link
     * #reserve()} must be prepared before; it is submitted first. Counters go on. Kernels with the
     * fixes that {@link RingConfig#resizeKernels()} names say {@link #entryWanted()} afterwards
     * until they have had some work of their own.
     *
     * @return 0; {@code -EOPNOTSUPP} where the ring's {@link RingConfig} does not allow it on this
     *     kernel, or the kernel cannot (before Linux 6.13); {@code -EOVERFLOW} when what is in the
     *     queues does not fit, and {@code -EAGAIN} when they must be drained first: drain, and try
     *     again; {@code -ENOMEM} when no more memory may be locked, {@code -EACCES} where {@link
     *     RingRestrictions} do not allow it. The ring is as before then
     * @throws IllegalStateException for a thread that is not the ring's, from a handler of {@link
     *     #drain}, and when the ring is lost
     */
    default int resize(int submissionEntries, int completionEntries) {
        return -Errno.EOPNOTSUPP.number();
    }

    /** What was asked for and could not be had, a sentence each; empty when all was granted. */
    default List<String> concessions() {
        return List.of();
    }

    /** Counters since the ring was opened. */
    RingCounters counters();

    /**
     * Gives the ring back to the kernel. The caller has seen the terminal CQE of every operation,
     * or keeps alive for ever the memory of those it has not: closing a ring does not mean that the
     * kernel has stopped writing (io_uring_setup(2)). Called once, by the ring's thread; by any
     * other only before {@link #enable()} or after that thread has ended.
     */
    void close();
}
