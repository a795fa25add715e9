package io.uringreactive.sys.abi;

/** Flags of any SQE ({@code IOSQE_*}, see io_uring_enter(2)). */
public final class SqeFlags {
    public static final int FIXED_FILE = 1 << 0;
    public static final int IO_DRAIN = 1 << 1;
    public static final int IO_LINK = 1 << 2;
    public static final int IO_HARDLINK = 1 << 3;
    public static final int ASYNC = 1 << 4;
    public static final int BUFFER_SELECT = 1 << 5;
    public static final int CQE_SKIP_SUCCESS = 1 << 6;

    private SqeFlags() {}
}
