// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

/** What a kernel and a network may do to a program, and seldom do on the author's machine. */
public enum Fault {
    /** Of the operations that could complete, not the first one does. */
    REORDERING,

    /** A completion comes only after a while of virtual time. */
    DELAY,

    /** io_uring_enter(2) returns without reason, as for a signal (-EINTR). */
    EARLY_RETURN,

    /**
     * io_uring_enter(2) takes only some of the SQEs, or none, and does not wait: no memory for a
     * request (-EAGAIN), or completions that overflowed (-EBUSY).
     */
    SHORT_SUBMIT,

    /** A send takes less than there is room for, down to a single byte. */
    SHORT_SEND,

    /** Data arrives in pieces, down to single bytes. */
    SEGMENTATION,

    /**
     * A multishot ends with a good result, as when the completion queue is nearly full
     * (io_uring_multishot(7)).
     */
    LOST_MORE,

    /** An accept, a receive or a send ends with EINTR, the latter two also with EAGAIN. */
    INTERRUPTED,

    /** No provided buffer is found though some are there, while others are with the library. */
    NO_BUFFERS,

    /**
     * A one-shot receive that finds no provided buffer says so only when data is there, not at
     * once.
     */
    LATE_STARVATION,

    /**
     * The terminal CQE of a receive carries a buffer, though it received nothing: at the end, with
     * an error, or cancelled. Kernels that have picked the buffer before they fail do so.
     */
    BUFFER_ON_END,

    /** accept(2) fails: EMFILE, ENFILE, ENOBUFS, ENOMEM, ECONNABORTED. */
    ACCEPT_ERROR,

    /** connect(2) fails: refused, timed out, or no way there. */
    CONNECT_ERROR,

    /** MSG_RING fails with EOVERFLOW, as where the other ring has no memory for another CQE. */
    MESSAGE_ERROR,

    /** The network gives up on a connection: a reset, or nobody answers any more (ETIMEDOUT). */
    RESET,

    /** An operation that is being cancelled completes with success instead. */
    LATE_SUCCESS
}
