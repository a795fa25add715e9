package io.uringreactive.sys.abi;

/** Flags of {@link Opcode#POLL_ADD}, in the SQE's {@code len} field ({@code IORING_POLL_*}). */
public final class PollFlags {
    public static final int ADD_MULTI = 1 << 0;
    public static final int UPDATE_EVENTS = 1 << 1;
    public static final int UPDATE_USER_DATA = 1 << 2;
    public static final int ADD_LEVEL = 1 << 3;

    private PollFlags() {}
}
