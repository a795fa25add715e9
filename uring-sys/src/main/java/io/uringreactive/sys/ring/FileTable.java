// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

/**
 * A ring's table of direct descriptors (io_uring_register(2), IORING_REGISTER_FILES2 since Linux
 * 5.13, sparse since 5.19): slots that SQEs name by {@code FIXED_FILE}, or that the kernel fills by
 * itself where an SQE's {@code file_index} says so. It cannot grow. Confined to the ring's thread;
 * results are 0 or {@code -errno}.
 */
public interface FileTable {
    int slots();

    /**
     * Puts the open file behind {@code fd} into {@code slot}, in the place of what was there. The
     * descriptor itself may be closed afterwards. {@code -EBADF} where it is none, {@code -EINVAL}
     * where the table has no such slot.
     */
    int set(int slot, int fd);

    /** Empties {@code slot}; the file is closed when nothing in flight uses it any more. */
    int clear(int slot);

    /**
     * From now on the kernel picks free slots only from {@code first} to {@code first + count - 1}
     * (Linux 6.0); {@code -EINVAL} beyond the table's end, {@code -EOVERFLOW} where the sum is more
     * than 32 bits.
     */
    int allocationRange(int first, int count);

    /**
     * Takes the table back and closes the files in it; what is in flight keeps its own. Closing the
     * ring does the same.
     *
     * @throws IllegalStateException when the table was closed before
     */
    void close();
}
