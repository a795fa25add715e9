// SPDX-License-Identifier: Apache-2.0
package io.uringreactive;

import io.uringreactive.sys.ring.RingCounters;

/**
 * What one ring holds at a moment, and what it has done since it was opened.
 *
 * @param inFlight operations whose terminal CQE has not come
 * @param connections connections whose descriptor is open
 * @param buffersOut provided buffers held by queues and users: neither with the kernel nor free
 * @param buffersCopied received buffers that were copied out because provided ones ran low
 * @param buffersStarved receives that ended with ENOBUFS and had to wait
 * @param lateCompletions CQEs that came for an operation that was no longer there; 0 on a sound
 *     kernel
 * @param counters of the ring itself
 */
public record RingStatus(
        int inFlight,
        int connections,
        int buffersOut,
        long buffersCopied,
        long buffersStarved,
        long lateCompletions,
        RingCounters counters) {}
