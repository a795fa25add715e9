// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.abi;

/**
 * Numbers of zero-copy receive ({@link RegisterOps#ZCRX_IFQ}, {@link Opcode#RECV_ZC}, {@code
 * linux/io_uring/zcrx.h}).
 */
public final class ZcrxLayouts {
    /** Flags, shifts and commands. */
    @SinceLinux("6.15")
    public static final class Flags {

        @SinceLinux("6.16")
        public static final int AREA_DMABUF = 1 << 0;

        public static final int AREA_SHIFT = 48;
        public static final long AREA_MASK = -1L << AREA_SHIFT;

        @SinceLinux("6.19")
        public static final int REG_IMPORT = 1 << 0;

        @SinceLinux("7.1")
        public static final int REG_NODEV = 1 << 1;

        @SinceLinux("7.0")
        public static final int FEATURE_RX_PAGE_SIZE = 1 << 0;

        @SinceLinux("6.19")
        public static final int CTRL_FLUSH_RQ = 0;

        @SinceLinux("6.19")
        public static final int CTRL_EXPORT = 1;

        private Flags() {}
    }

    /** {@code struct io_uring_zcrx_rqe}. */
    @SinceLinux("6.15")
    public static final class Rqe {
        public static final int SIZE = 16;
        public static final int OFF = 0;
        public static final int LEN = 8;

        private Rqe() {}
    }

    /** {@code struct io_uring_zcrx_cqe}, the second half of a CQE of 32 bytes. */
    @SinceLinux("6.15")
    public static final class Cqe {
        public static final int SIZE = 16;
        public static final int OFF = 0;

        private Cqe() {}
    }

    /** {@code struct io_uring_zcrx_offsets}. */
    @SinceLinux("6.15")
    public static final class Offsets {
        public static final int SIZE = 32;
        public static final int HEAD = 0;
        public static final int TAIL = 4;
        public static final int RQES = 8;

        private Offsets() {}
    }

    /** {@code struct io_uring_zcrx_area_reg}. */
    @SinceLinux("6.15")
    public static final class AreaReg {
        public static final int SIZE = 48;
        public static final int ADDR = 0;
        public static final int LEN = 8;
        public static final int RQ_AREA_TOKEN = 16;
        public static final int FLAGS = 24;

        @SinceLinux("6.16")
        public static final int DMABUF_FD = 28;

        private AreaReg() {}
    }

    /** {@code struct io_uring_zcrx_ifq_reg}. */
    @SinceLinux("6.15")
    public static final class IfqReg {
        public static final int SIZE = 96;
        public static final int IF_IDX = 0;
        public static final int IF_RXQ = 4;
        public static final int RQ_ENTRIES = 8;
        public static final int FLAGS = 12;
        public static final int AREA_PTR = 16;
        public static final int REGION_PTR = 24;
        public static final int OFFSETS = 32;
        public static final int ZCRX_ID = 64;

        @SinceLinux("7.0")
        public static final int RX_BUF_LEN = 68;

        private IfqReg() {}
    }

    /** {@code struct zcrx_ctrl_flush_rq}: all of it is reserved. */
    @SinceLinux("6.19")
    public static final class CtrlFlushRq {
        public static final int SIZE = 48;

        private CtrlFlushRq() {}
    }

    /** {@code struct zcrx_ctrl_export}. */
    @SinceLinux("6.19")
    public static final class CtrlExport {
        public static final int SIZE = 48;
        public static final int ZCRX_FD = 0;

        private CtrlExport() {}
    }

    /** {@code struct zcrx_ctrl}. */
    @SinceLinux("6.19")
    public static final class Ctrl {
        public static final int SIZE = 72;
        public static final int ZCRX_ID = 0;
        public static final int OP = 4;
        public static final int ZC_EXPORT = 24;
        public static final int ZC_FLUSH = 24;

        private Ctrl() {}
    }

    private ZcrxLayouts() {}
}
