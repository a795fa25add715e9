package io.uringreactive.sys.ring;

import io.uringreactive.sys.abi.Sqe;

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
     * Delivers at most {@code limit} of the CQEs seen on entry, in ring order, and returns their
     * number. A handler that throws has its CQE consumed.
     */
    int drain(CompletionHandler handler, int limit);

    /** Ends the current or else the next wait of {@link #enter} early. Safe from any thread. */
    void wake();

    /** Registers a ring of provided buffers under {@code group}, with room for {@code entries}. */
    BufferRing bufferRing(int group, int entries);

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
