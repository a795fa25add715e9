// SPDX-License-Identifier: Apache-2.0
package io.uringreactive;

import io.uringreactive.sys.ring.RingCounters;

/**
 * What one ring holds at a moment, and what it has done since it was opened.
 *
 * @param inFlight operations whose terminal CQE has not come
 * @param connections connections whose descriptor is open
 * @param turns how often the ring's thread has gone round: taken what had completed, run tasks and
 *     timers, and entered the kernel
 * @param busyNanos how long it has not been waiting, in nanoseconds: what handlers, tasks and
 *     timers took, and enters that do not wait. The kernel's own work in an enter that submits and
 *     then waits, such as that of sends, counts as waiting
 * @param blocked how often one turn has taken longer than {@link RingGroupOptions#blockedAfter()}
 * @param rearms multishot receives and accepts that the kernel had ended, and that were armed
 *     again: the credit was spent, buffers or room for CQEs had run out
 * @param buffersOut provided buffers held by queues and users: neither with the kernel nor free
 * @param buffersFree provided buffers that are with the kernel or free to be given to it
 * @param buffersCopied received buffers that were copied out because provided ones ran low
 * @param buffersStarved receives that ended with ENOBUFS and had to wait
 * @param lateCompletions CQEs that came for an operation that was no longer there; 0 on a sound
 *     kernel
 * @param counters of the ring itself
 */
public record RingStatus(
        int inFlight,
        int connections,
        long turns,
        long busyNanos,
        int blocked,
        long rearms,
        int buffersOut,
        int buffersFree,
        long buffersCopied,
        long buffersStarved,
        long lateCompletions,
        RingCounters counters) {}
