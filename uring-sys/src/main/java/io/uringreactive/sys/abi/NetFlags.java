package io.uringreactive.sys.abi;

/**
 * Flags of the network opcodes, in the SQE's {@code ioprio} field: accept(2), recv(2) and send(2)
 * by io_uring_enter(2).
 */
public final class NetFlags {
    /** Linux 5.19. */
    public static final int ACCEPT_MULTISHOT = 1 << 0;

    /** Linux 6.10. */
    public static final int ACCEPT_DONTWAIT = 1 << 1;

    /** Linux 6.10. */
    public static final int ACCEPT_POLL_FIRST = 1 << 2;

    /** Linux 5.19: poll before the first attempt. */
    public static final int POLL_FIRST = 1 << 0;

    /** Linux 6.0. */
    public static final int RECV_MULTISHOT = 1 << 1;

    /** Linux 6.0. */
    public static final int FIXED_BUF = 1 << 2;

    /** Linux 6.2. */
    public static final int SEND_ZC_REPORT_USAGE = 1 << 3;

    /** Linux 6.10. */
    public static final int BUNDLE = 1 << 4;

    private NetFlags() {}
}
