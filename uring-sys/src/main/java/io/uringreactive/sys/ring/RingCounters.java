// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

/**
 * What a ring has done since it was opened.
 *
 * @param enters calls of io_uring_enter(2)
 * @param submitted SQEs consumed by the kernel
 * @param completions CQEs delivered
 * @param overflows enters that found the completion queue overflowed and brought in CQEs that the
 *     kernel had kept aside (the ring's own overflow word counts lost ones only)
 */
public record RingCounters(long enters, long submitted, long completions, long overflows) {}
