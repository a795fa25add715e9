// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

import java.lang.foreign.MemorySegment;

/**
 * A ring's table of registered buffers (io_uring_register(2), IORING_REGISTER_BUFFERS2 since Linux
 * 5.13, sparse since 5.19): memory that stays pinned, for the {@code _FIXED} opcodes and zero-copy
 * sends. Confined to the ring's thread.
 */
public interface BufferTable {
    int slots();

    /**
     * Pins {@code memory} and puts it into {@code slot}, in the place of what was there. It must
     * stay mapped until the slot is cleared and nothing in flight uses it.
     *
     * @return 0, or {@code -errno}: {@code -EINVAL} where the table has no such slot, {@code
     *     -EFAULT} where memory is not mapped or a buffer is longer than 1 GiB
     * @throws RingUnavailable by {@code MEMLOCK} when no more memory may be locked: pinned memory
     *     is charged to RLIMIT_MEMLOCK
     * @throws IllegalArgumentException for memory on the heap
     */
    int set(int slot, MemorySegment memory);

    /** Empties {@code slot}: 0 or {@code -errno}. Operations in flight keep the buffer pinned. */
    int clear(int slot);

    /**
     * Takes the table back, as closing the ring does.
     *
     * @throws IllegalStateException when the table was closed before
     */
    void close();
}
