// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

/**
 * A thread of the kernel's that takes SQEs out of the queue by itself (IORING_SETUP_SQPOLL, Linux
 * 5.1, without a capability since 5.13): submitting needs no io_uring_enter(2) while it is awake.
 * It spins on a CPU until it has found nothing for {@code idleMillis}; then the next submission
 * wakes it. It acts with the credentials that the process had when the ring was opened, whatever
 * they are later (CVE-2024-22017).
 *
 * @param idleMillis milliseconds, at least 1; of rings that share a thread the longest counts
 * @param sharedWith the descriptor of a ring of this process whose thread is to serve this one too
 *     (IORING_SETUP_ATTACH_WQ, Linux 5.6), or {@link #OWN}
 */
public record SubmissionPolling(int idleMillis, int sharedWith) {
    /** In place of a descriptor: a thread for this ring. */
    public static final int OWN = -1;

    public SubmissionPolling {
        if (idleMillis < 1) {
            throw new IllegalArgumentException("idleMillis must be at least 1: " + idleMillis);
        }
        if (sharedWith < OWN) {
            throw new IllegalArgumentException("sharedWith is no descriptor: " + sharedWith);
        }
    }

    /** A thread for this ring, which others may share. */
    public SubmissionPolling(int idleMillis) {
        this(idleMillis, OWN);
    }

    /** The same by the thread of {@code ring}, which must be polled. */
    public SubmissionPolling sharedWith(Ring ring) {
        return new SubmissionPolling(idleMillis, ring.descriptor());
    }

    boolean isShared() {
        return sharedWith != OWN;
    }
}
