// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.abi;

/** Flags of what io_uring_register(2) takes. */
public final class RegisterFlags {
    /**
     * {@code IORING_RSRC_REGISTER_SPARSE}: an empty table, in {@link
     * RegisterLayouts.RsrcRegister#FLAGS}.
     */
    @SinceLinux("5.19")
    public static final int RSRC_SPARSE = 1 << 0;

    /** {@code IORING_REGISTER_FILES_SKIP}: in place of a descriptor, leaves the slot as it is. */
    @SinceLinux("5.12")
    public static final int FILES_SKIP = -2;

    /**
     * {@code IORING_FILE_INDEX_ALLOC}: in the SQE's {@code file_index}, the kernel picks a free
     * slot.
     */
    @SinceLinux("5.19")
    public static final int FILE_INDEX_ALLOC = -1;

    /** In place of a descriptor, empties the slot. */
    @SinceLinux("5.15")
    public static final int FILES_UNSET = -1;

    /** {@code IORING_REGISTER_SRC_REGISTERED}. */
    @SinceLinux("6.12")
    public static final int CLONE_SRC_REGISTERED = 1 << 0;

    /** {@code IORING_REGISTER_DST_REPLACE}. */
    @SinceLinux("6.13")
    public static final int CLONE_DST_REPLACE = 1 << 1;

    /** {@code IOU_PBUF_RING_MMAP}: the kernel allocates the buffer ring. */
    @SinceLinux("6.4")
    public static final int PBUF_RING_MMAP = 1 << 0;

    /** {@code IOU_PBUF_RING_INC}: buffers are consumed bit by bit. */
    @SinceLinux("6.12")
    public static final int PBUF_RING_INC = 1 << 1;

    /**
     * {@code IORING_MEM_REGION_TYPE_USER}: the memory is ours, in {@link
     * RegisterLayouts.RegionDesc#FLAGS}.
     */
    @SinceLinux("6.13")
    public static final int MEM_REGION_TYPE_USER = 1 << 0;

    /**
     * {@code IORING_MEM_REGION_REG_WAIT_ARG}: it holds {@link RegisterLayouts.RegWait}s, in {@link
     * RegisterLayouts.MemRegionReg#FLAGS}.
     */
    @SinceLinux("6.13")
    public static final int MEM_REGION_WAIT_ARG = 1 << 0;

    /** {@code IORING_REG_WAIT_TS}: {@link RegisterLayouts.RegWait#TS} is meant. */
    @SinceLinux("6.13")
    public static final int WAIT_TS = 1 << 0;

    private RegisterFlags() {}
}
