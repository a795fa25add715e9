// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.abi;

/**
 * The other names of places in an SQE: which members of C's unions share a place with a field of
 * {@link Sqe}. The setters of {@link Sqe} are named after the places.
 */
public final class SqeFields {
    @SinceLinux("5.5")
    public static final int ADDR2 = Sqe.OFF;

    @SinceLinux("5.19")
    public static final int CMD_OP = Sqe.OFF;

    @SinceLinux("5.7")
    public static final int SPLICE_OFF_IN = Sqe.ADDR;

    @SinceLinux("6.7")
    public static final int LEVEL = Sqe.ADDR;

    @SinceLinux("5.1")
    public static final int RW_FLAGS = Sqe.OP_FLAGS;

    @SinceLinux("5.1")
    public static final int FSYNC_FLAGS = Sqe.OP_FLAGS;

    @SinceLinux("5.1")
    public static final int POLL_EVENTS = Sqe.OP_FLAGS;

    @SinceLinux("5.9")
    public static final int POLL32_EVENTS = Sqe.OP_FLAGS;

    @SinceLinux("5.2")
    public static final int SYNC_RANGE_FLAGS = Sqe.OP_FLAGS;

    @SinceLinux("5.3")
    public static final int MSG_FLAGS = Sqe.OP_FLAGS;

    @SinceLinux("5.4")
    public static final int TIMEOUT_FLAGS = Sqe.OP_FLAGS;

    @SinceLinux("5.5")
    public static final int ACCEPT_FLAGS = Sqe.OP_FLAGS;

    @SinceLinux("5.5")
    public static final int CANCEL_FLAGS = Sqe.OP_FLAGS;

    @SinceLinux("5.6")
    public static final int OPEN_FLAGS = Sqe.OP_FLAGS;

    @SinceLinux("5.6")
    public static final int STATX_FLAGS = Sqe.OP_FLAGS;

    @SinceLinux("5.6")
    public static final int FADVISE_ADVICE = Sqe.OP_FLAGS;

    @SinceLinux("5.7")
    public static final int SPLICE_FLAGS = Sqe.OP_FLAGS;

    @SinceLinux("5.11")
    public static final int RENAME_FLAGS = Sqe.OP_FLAGS;

    @SinceLinux("5.11")
    public static final int UNLINK_FLAGS = Sqe.OP_FLAGS;

    @SinceLinux("5.15")
    public static final int HARDLINK_FLAGS = Sqe.OP_FLAGS;

    @SinceLinux("5.19")
    public static final int XATTR_FLAGS = Sqe.OP_FLAGS;

    @SinceLinux("6.0")
    public static final int MSG_RING_FLAGS = Sqe.OP_FLAGS;

    @SinceLinux("6.1")
    public static final int URING_CMD_FLAGS = Sqe.OP_FLAGS;

    @SinceLinux("6.7")
    public static final int WAITID_FLAGS = Sqe.OP_FLAGS;

    @SinceLinux("6.7")
    public static final int FUTEX_FLAGS = Sqe.OP_FLAGS;

    @SinceLinux("6.8")
    public static final int INSTALL_FD_FLAGS = Sqe.OP_FLAGS;

    @SinceLinux("6.10")
    public static final int NOP_FLAGS = Sqe.OP_FLAGS;

    @SinceLinux("6.16")
    public static final int PIPE_FLAGS = Sqe.OP_FLAGS;

    @SinceLinux("5.1")
    public static final int BUF_INDEX = Sqe.BUF_GROUP;

    @SinceLinux("5.7")
    public static final int SPLICE_FD_IN = Sqe.FILE_INDEX;

    @SinceLinux("6.15")
    public static final int ZCRX_IFQ_IDX = Sqe.FILE_INDEX;

    @SinceLinux("6.7")
    public static final int OPTLEN = Sqe.FILE_INDEX;

    @SinceLinux("6.0")
    public static final int ADDR_LEN = Sqe.FILE_INDEX;

    @SinceLinux("5.19")
    public static final int CMD = Sqe.ADDR3;

    @SinceLinux("6.14")
    public static final int ATTR_PTR = Sqe.ADDR3;

    @SinceLinux("6.7")
    public static final int OPTVAL = Sqe.ADDR3;

    @SinceLinux("6.7")
    public static final int OPTNAME = Sqe.ADDR + 4;

    @SinceLinux("6.14")
    public static final int ATTR_TYPE_MASK = Sqe.PAD2;

    private SqeFields() {}
}
