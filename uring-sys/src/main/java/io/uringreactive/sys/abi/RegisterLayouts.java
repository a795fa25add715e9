// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.abi;

/**
 * Sizes and field offsets, in bytes, of what io_uring_register(2) takes. Named after the C
 * structure and field; reserved fields have no name here and are zero.
 */
public final class RegisterLayouts {
    /** {@code struct io_uring_rsrc_register}. */
    @SinceLinux("5.13")
    public static final class RsrcRegister {
        public static final int SIZE = 32;
        public static final int NR = 0;
        public static final int FLAGS = 4;
        public static final int DATA = 16;
        public static final int TAGS = 24;

        private RsrcRegister() {}
    }

    /** {@code struct io_uring_rsrc_update}, as {@link RegisterOps#RING_FDS} takes it. */
    @SinceLinux("5.13")
    public static final class RsrcUpdate {
        public static final int SIZE = 16;
        public static final int OFFSET = 0;
        public static final int DATA = 8;

        private RsrcUpdate() {}
    }

    /** {@code struct io_uring_rsrc_update2}. */
    @SinceLinux("5.13")
    public static final class RsrcUpdate2 {
        public static final int SIZE = 32;
        public static final int OFFSET = 0;
        public static final int DATA = 8;
        public static final int TAGS = 16;
        public static final int NR = 24;

        private RsrcUpdate2() {}
    }

    /** {@code struct io_uring_files_update}. */
    @SinceLinux("5.5")
    public static final class FilesUpdate {
        public static final int SIZE = 16;
        public static final int OFFSET = 0;
        public static final int FDS = 8;

        private FilesUpdate() {}
    }

    /** {@code struct io_uring_file_index_range}. */
    @SinceLinux("6.0")
    public static final class FileIndexRange {
        public static final int SIZE = 16;
        public static final int OFF = 0;
        public static final int LEN = 4;

        private FileIndexRange() {}
    }

    /** {@code struct io_uring_clone_buffers}. */
    @SinceLinux("6.12")
    public static final class CloneBuffers {
        public static final int SIZE = 32;
        public static final int SRC_FD = 0;
        public static final int FLAGS = 4;

        @SinceLinux("6.13")
        public static final int SRC_OFF = 8;

        @SinceLinux("6.13")
        public static final int DST_OFF = 12;

        @SinceLinux("6.13")
        public static final int NR = 16;

        private CloneBuffers() {}
    }

    /** {@code struct io_uring_clock_register}. */
    @SinceLinux("6.12")
    public static final class ClockRegister {
        public static final int SIZE = 16;
        public static final int CLOCKID = 0;

        private ClockRegister() {}
    }

    /** {@code struct io_uring_napi}. */
    @SinceLinux("6.9")
    public static final class Napi {
        public static final int SIZE = 16;
        public static final int BUSY_POLL_TO = 0;
        public static final int PREFER_BUSY_POLL = 4;

        @SinceLinux("6.13")
        public static final int OPCODE = 5;

        @SinceLinux("6.13")
        public static final int OP_PARAM = 8;

        private Napi() {}
    }

    /** {@code struct io_uring_sync_cancel_reg}. */
    @SinceLinux("6.0")
    public static final class SyncCancel {
        public static final int SIZE = 64;
        public static final int ADDR = 0;
        public static final int FD = 8;
        public static final int FLAGS = 12;
        public static final int TIMEOUT = 16;

        @SinceLinux("6.6")
        public static final int OPCODE = 32;

        private SyncCancel() {}
    }

    /** {@code struct io_uring_region_desc}. */
    @SinceLinux("6.13")
    public static final class RegionDesc {
        public static final int SIZE = 64;
        public static final int USER_ADDR = 0;

        /** {@code size}. */
        public static final int BYTES = 8;

        public static final int FLAGS = 16;
        public static final int ID = 20;
        public static final int MMAP_OFFSET = 24;

        private RegionDesc() {}
    }

    /** {@code struct io_uring_mem_region_reg}. */
    @SinceLinux("6.13")
    public static final class MemRegionReg {
        public static final int SIZE = 32;
        public static final int REGION_UPTR = 0;
        public static final int FLAGS = 8;

        private MemRegionReg() {}
    }

    /** {@code struct io_uring_reg_wait}. */
    @SinceLinux("6.13")
    public static final class RegWait {
        public static final int SIZE = 64;
        public static final int TS = 0;
        public static final int MIN_WAIT_USEC = 16;
        public static final int FLAGS = 20;
        public static final int SIGMASK = 24;
        public static final int SIGMASK_SZ = 32;

        private RegWait() {}
    }

    /** {@code struct io_uring_buf_status}. */
    @SinceLinux("6.8")
    public static final class BufStatus {
        public static final int SIZE = 40;
        public static final int BUF_GROUP = 0;
        public static final int HEAD = 4;

        private BufStatus() {}
    }

    /** {@code struct io_uring_task_restriction}. */
    @SinceLinux("7.0")
    public static final class TaskRestriction {
        public static final int SIZE = 16;
        public static final int FLAGS = 0;
        public static final int NR_RES = 2;
        public static final int RESTRICTIONS = 16;

        private TaskRestriction() {}
    }

    private RegisterLayouts() {}
}
