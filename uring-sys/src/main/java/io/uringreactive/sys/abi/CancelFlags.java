package io.uringreactive.sys.abi;

/** Flags of {@link Opcode#ASYNC_CANCEL} ({@code IORING_ASYNC_CANCEL_*}, Linux 5.19). */
public final class CancelFlags {
    public static final int ALL = 1 << 0;
    public static final int FD = 1 << 1;
    public static final int ANY = 1 << 2;
    public static final int FD_FIXED = 1 << 3;
    public static final int USERDATA = 1 << 4;
    public static final int OP = 1 << 5;

    private CancelFlags() {}
}
