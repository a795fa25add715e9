// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.abi;

/**
 * Sizes and field offsets, in bytes, of the kernel's structures other than the SQE ({@link Sqe}).
 * Named after the C structure and field; equal on x86-64 and arm64. What io_uring_register(2) takes
 * beside rings of buffers is in {@link RegisterLayouts}.
 */
public final class Layouts {
    /** {@code struct io_uring_cqe}. */
    @SinceLinux("5.1")
    public static final class Cqe {
        public static final int SIZE = 16;
        public static final int USER_DATA = 0;
        public static final int RES = 8;
        public static final int FLAGS = 12;

        /** What follows in a CQE of 32 bytes. */
        @SinceLinux("5.19")
        public static final int BIG_CQE = 16;

        private Cqe() {}
    }

    /** {@code struct io_uring_params}, with the ring offsets inside it. */
    @SinceLinux("5.1")
    public static final class Params {
        public static final int SIZE = 120;
        public static final int SQ_ENTRIES = 0;
        public static final int CQ_ENTRIES = 4;
        public static final int FLAGS = 8;
        public static final int SQ_THREAD_CPU = 12;
        public static final int SQ_THREAD_IDLE = 16;
        public static final int FEATURES = 20;
        public static final int WQ_FD = 24;
        public static final int SQ_OFF = 40;
        public static final int CQ_OFF = 80;

        private Params() {}
    }

    /** {@code struct io_sqring_offsets}, relative to {@link Params#SQ_OFF}. */
    @SinceLinux("5.1")
    public static final class SqOffsets {
        public static final int SIZE = 40;
        public static final int HEAD = 0;
        public static final int TAIL = 4;
        public static final int RING_MASK = 8;
        public static final int RING_ENTRIES = 12;
        public static final int FLAGS = 16;
        public static final int DROPPED = 20;
        public static final int ARRAY = 24;

        @SinceLinux("6.5")
        public static final int USER_ADDR = 32;

        private SqOffsets() {}
    }

    /** {@code struct io_cqring_offsets}, relative to {@link Params#CQ_OFF}. */
    @SinceLinux("5.1")
    public static final class CqOffsets {
        public static final int SIZE = 40;
        public static final int HEAD = 0;
        public static final int TAIL = 4;
        public static final int RING_MASK = 8;
        public static final int RING_ENTRIES = 12;
        public static final int OVERFLOW = 16;
        public static final int CQES = 20;

        @SinceLinux("5.8")
        public static final int FLAGS = 24;

        @SinceLinux("6.5")
        public static final int USER_ADDR = 32;

        private CqOffsets() {}
    }

    /** Where mmap(2) of the ring's file descriptor finds its parts ({@code IORING_OFF_*}). */
    @SinceLinux("5.1")
    public static final class MapOffsets {
        public static final long SQ_RING = 0;
        public static final long CQ_RING = 0x8000000L;
        public static final long SQES = 0x10000000L;

        @SinceLinux("6.4")
        public static final long PBUF_RING = 0x80000000L;

        @SinceLinux("6.4")
        public static final int PBUF_SHIFT = 16;

        @SinceLinux("6.4")
        public static final long MMAP_MASK = 0xF8000000L;

        private MapOffsets() {}
    }

    /** {@code struct io_uring_probe} and its array of {@code struct io_uring_probe_op}. */
    @SinceLinux("5.6")
    public static final class Probe {
        public static final int SIZE = 16;
        public static final int LAST_OP = 0;
        public static final int OPS_LEN = 1;
        public static final int OPS = 16;
        public static final int OP_SIZE = 8;
        public static final int OP_OP = 0;
        public static final int OP_FLAGS = 2;
        public static final int OP_SUPPORTED = 1;

        private Probe() {}
    }

    /** {@code struct io_uring_buf}; the ring's tail overlays the first entry's {@code resv}. */
    @SinceLinux("5.19")
    public static final class Buf {
        public static final int SIZE = 16;
        public static final int ADDR = 0;
        public static final int LEN = 8;
        public static final int BID = 12;
        public static final int RING_SIZE = 16;
        public static final int RING_BUFS = 0;
        public static final int RING_TAIL = 14;

        private Buf() {}
    }

    /** {@code struct io_uring_buf_reg}. */
    @SinceLinux("5.19")
    public static final class BufReg {
        public static final int SIZE = 40;
        public static final int RING_ADDR = 0;
        public static final int RING_ENTRIES = 8;
        public static final int BGID = 12;

        @SinceLinux("6.4")
        public static final int FLAGS = 14;

        @SinceLinux("7.1")
        public static final int MIN_LEFT = 16;

        private BufReg() {}
    }

    /**
     * {@code struct io_uring_restriction}, an array of which {@link RegisterOps#RESTRICTIONS}
     * takes. The three that stand in one place are bytes; {@link RestrictionOps} says which it is.
     */
    @SinceLinux("5.10")
    public static final class Restriction {
        public static final int SIZE = 16;
        public static final int OPCODE = 0;
        public static final int REGISTER_OP = 2;
        public static final int SQE_OP = 2;
        public static final int SQE_FLAGS = 2;

        private Restriction() {}
    }

    /** {@code struct io_uring_getevents_arg}. */
    @SinceLinux("5.11")
    public static final class GeteventsArg {
        public static final int SIZE = 24;
        public static final int SIGMASK = 0;
        public static final int SIGMASK_SZ = 8;

        @SinceLinux("6.12")
        public static final int MIN_WAIT_USEC = 12;

        public static final int TS = 16;

        private GeteventsArg() {}
    }

    /** {@code struct io_uring_recvmsg_out}: how a buffer of a multishot RECVMSG begins. */
    @SinceLinux("6.0")
    public static final class RecvmsgOut {
        public static final int SIZE = 16;
        public static final int NAMELEN = 0;
        public static final int CONTROLLEN = 4;
        public static final int PAYLOADLEN = 8;
        public static final int FLAGS = 12;

        private RecvmsgOut() {}
    }

    /** {@code struct __kernel_timespec}. */
    @SinceLinux("5.1")
    public static final class Timespec {
        public static final int SIZE = 16;
        public static final int SEC = 0;
        public static final int NSEC = 8;

        private Timespec() {}
    }

    /** {@code struct msghdr} of a 64-bit kernel, see sendmsg(2). */
    public static final class MsgHdr {
        public static final int SIZE = 56;
        public static final int IOV = 16;
        public static final int IOVLEN = 24;

        private MsgHdr() {}
    }

    /** {@code struct iovec} of a 64-bit kernel. */
    public static final class IoVec {
        public static final int SIZE = 16;
        public static final int BASE = 0;
        public static final int LEN = 8;

        private IoVec() {}
    }

    private Layouts() {}
}
