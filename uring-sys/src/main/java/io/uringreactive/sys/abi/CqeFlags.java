// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.abi;

/**
 * Flags of a CQE ({@code IORING_CQE_F_*}, see io_uring(7)); the buffer id stands above {@link
 * #BUFFER_SHIFT}.
 */
public final class CqeFlags {
    /** The upper 16 bits are the id of the provided buffer that was used. */
    @SinceLinux("5.7")
    public static final int BUFFER = 1 << 0;

    /**
     * The request stays armed: more CQEs follow. Clear: this CQE is terminal, whatever its result.
     */
    @SinceLinux("5.13")
    public static final int MORE = 1 << 1;

    /** The socket still had data after this receive. */
    @SinceLinux("5.19")
    public static final int SOCK_NONEMPTY = 1 << 2;

    /** A zero-copy send has let go of its memory. */
    @SinceLinux("6.0")
    public static final int NOTIF = 1 << 3;

    /** The provided buffer is only partly used up and stays with the kernel. */
    @SinceLinux("6.12")
    public static final int BUF_MORE = 1 << 4;

    /** A gap in a completion ring with CQEs of both sizes: to be passed over. */
    @SinceLinux("6.18")
    public static final int SKIP = 1 << 5;

    /** A CQE of 32 bytes in a completion ring with CQEs of both sizes. */
    @SinceLinux("6.18")
    public static final int BIG = 1 << 15;

    /** How far the buffer id is shifted. */
    @SinceLinux("5.7")
    public static final int BUFFER_SHIFT = 16;

    /** The id of the provided buffer; meaningful only where {@link #BUFFER} is set. */
    public static int bufferId(int cqeFlags) {
        return cqeFlags >>> BUFFER_SHIFT;
    }

    public static boolean isTerminal(int cqeFlags) {
        return (cqeFlags & MORE) == 0;
    }

    public static boolean hasBuffer(int cqeFlags) {
        return (cqeFlags & BUFFER) != 0;
    }

    private CqeFlags() {}
}
