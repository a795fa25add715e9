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

    /** A send takes less than there is room for. */
    SHORT_SEND,

    /** Data arrives in pieces, down to single bytes. */
    SEGMENTATION,

    /**
     * A multishot ends with a good result, as when the completion queue is nearly full
     * (io_uring_multishot(7)).
     */
    LOST_MORE,

    /** No provided buffer is found though some are there, while others are with the library. */
    NO_BUFFERS,

    /**
     * The terminal CQE of a receive carries a buffer, though it received nothing; kernels that have
     * picked the buffer before they fail do so.
     */
    BUFFER_ON_END,

    /** accept(2) fails with EMFILE, ENFILE or ECONNABORTED. */
    ACCEPT_ERROR,

    /** A connection is reset by the network. */
    RESET,

    /** An operation that is being cancelled completes with success instead. */
    LATE_SUCCESS
}
