// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.abi;

/**
 * What an SQE asks for ({@code IORING_OP_*} of {@code linux/io_uring.h}); each says since which
 * kernel.
 */
public final class Opcode {
    @SinceLinux("5.1")
    public static final int NOP = 0;

    @SinceLinux("5.1")
    public static final int READV = 1;

    @SinceLinux("5.1")
    public static final int WRITEV = 2;

    @SinceLinux("5.1")
    public static final int FSYNC = 3;

    @SinceLinux("5.1")
    public static final int READ_FIXED = 4;

    @SinceLinux("5.1")
    public static final int WRITE_FIXED = 5;

    @SinceLinux("5.1")
    public static final int POLL_ADD = 6;

    @SinceLinux("5.1")
    public static final int POLL_REMOVE = 7;

    @SinceLinux("5.2")
    public static final int SYNC_FILE_RANGE = 8;

    @SinceLinux("5.3")
    public static final int SENDMSG = 9;

    @SinceLinux("5.3")
    public static final int RECVMSG = 10;

    @SinceLinux("5.4")
    public static final int TIMEOUT = 11;

    @SinceLinux("5.5")
    public static final int TIMEOUT_REMOVE = 12;

    @SinceLinux("5.5")
    public static final int ACCEPT = 13;

    @SinceLinux("5.5")
    public static final int ASYNC_CANCEL = 14;

    @SinceLinux("5.5")
    public static final int LINK_TIMEOUT = 15;

    @SinceLinux("5.5")
    public static final int CONNECT = 16;

    @SinceLinux("5.6")
    public static final int FALLOCATE = 17;

    @SinceLinux("5.6")
    public static final int OPENAT = 18;

    @SinceLinux("5.6")
    public static final int CLOSE = 19;

    @SinceLinux("5.6")
    public static final int FILES_UPDATE = 20;

    @SinceLinux("5.6")
    public static final int STATX = 21;

    @SinceLinux("5.6")
    public static final int READ = 22;

    @SinceLinux("5.6")
    public static final int WRITE = 23;

    @SinceLinux("5.6")
    public static final int FADVISE = 24;

    @SinceLinux("5.6")
    public static final int MADVISE = 25;

    @SinceLinux("5.6")
    public static final int SEND = 26;

    @SinceLinux("5.6")
    public static final int RECV = 27;

    @SinceLinux("5.6")
    public static final int OPENAT2 = 28;

    @SinceLinux("5.6")
    public static final int EPOLL_CTL = 29;

    @SinceLinux("5.7")
    public static final int SPLICE = 30;

    @SinceLinux("5.7")
    public static final int PROVIDE_BUFFERS = 31;

    @SinceLinux("5.7")
    public static final int REMOVE_BUFFERS = 32;

    @SinceLinux("5.8")
    public static final int TEE = 33;

    @SinceLinux("5.11")
    public static final int SHUTDOWN = 34;

    @SinceLinux("5.11")
    public static final int RENAMEAT = 35;

    @SinceLinux("5.11")
    public static final int UNLINKAT = 36;

    @SinceLinux("5.15")
    public static final int MKDIRAT = 37;

    @SinceLinux("5.15")
    public static final int SYMLINKAT = 38;

    @SinceLinux("5.15")
    public static final int LINKAT = 39;

    @SinceLinux("5.18")
    public static final int MSG_RING = 40;

    @SinceLinux("5.19")
    public static final int FSETXATTR = 41;

    @SinceLinux("5.19")
    public static final int SETXATTR = 42;

    @SinceLinux("5.19")
    public static final int FGETXATTR = 43;

    @SinceLinux("5.19")
    public static final int GETXATTR = 44;

    @SinceLinux("5.19")
    public static final int SOCKET = 45;

    @SinceLinux("5.19")
    public static final int URING_CMD = 46;

    @SinceLinux("6.0")
    public static final int SEND_ZC = 47;

    @SinceLinux("6.1")
    public static final int SENDMSG_ZC = 48;

    @SinceLinux("6.7")
    public static final int READ_MULTISHOT = 49;

    @SinceLinux("6.7")
    public static final int WAITID = 50;

    @SinceLinux("6.7")
    public static final int FUTEX_WAIT = 51;

    @SinceLinux("6.7")
    public static final int FUTEX_WAKE = 52;

    @SinceLinux("6.7")
    public static final int FUTEX_WAITV = 53;

    @SinceLinux("6.8")
    public static final int FIXED_FD_INSTALL = 54;

    @SinceLinux("6.9")
    public static final int FTRUNCATE = 55;

    @SinceLinux("6.11")
    public static final int BIND = 56;

    @SinceLinux("6.11")
    public static final int LISTEN = 57;

    @SinceLinux("6.15")
    public static final int RECV_ZC = 58;

    @SinceLinux("6.15")
    public static final int EPOLL_WAIT = 59;

    @SinceLinux("6.15")
    public static final int READV_FIXED = 60;

    @SinceLinux("6.15")
    public static final int WRITEV_FIXED = 61;

    @SinceLinux("6.16")
    public static final int PIPE = 62;

    @SinceLinux("6.19")
    public static final int NOP128 = 63;

    @SinceLinux("6.19")
    public static final int URING_CMD128 = 64;

    /** One past the highest opcode that this interface knows. */
    public static final int COUNT = 65;

    private static final String[] NAMES = new String[COUNT];

    static {
        for (var field : Opcode.class.getFields()) {
            if (field.getType() == int.class && !field.getName().equals("COUNT")) {
                try {
                    NAMES[field.getInt(null)] = field.getName();
                } catch (IllegalAccessException e) {
                    throw new ExceptionInInitializerError(e);
                }
            }
        }
    }

    /**
     * The name as in the kernel's header without {@code IORING_OP_}, or {@code OP_n} if unknown.
     */
    public static String name(int opcode) {
        return opcode >= 0 && opcode < COUNT ? NAMES[opcode] : "OP_" + opcode;
    }

    private Opcode() {}
}
