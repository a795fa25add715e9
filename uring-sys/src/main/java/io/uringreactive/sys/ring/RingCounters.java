package io.uringreactive.sys.ring;

/**
 * What a ring has done since it was opened.
 *
 * @param enters calls of io_uring_enter(2)
 * @param submitted SQEs consumed by the kernel
 * @param drained CQEs delivered
 * @param overflows CQEs that the kernel had to keep aside because the completion queue was full
 */
public record RingCounters(long enters, long submitted, long drained, long overflows) {}
