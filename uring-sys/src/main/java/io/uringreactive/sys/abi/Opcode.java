package io.uringreactive.sys.abi;

/**
 * What an SQE asks for ({@code IORING_OP_*} of {@code linux/io_uring.h}); each says since which
 * kernel.
 */
public final class Opcode {
    /** Linux 5.1. */
    public static final int NOP = 0;

    /** Linux 5.1. */
    public static final int READV = 1;

    /** Linux 5.1. */
    public static final int WRITEV = 2;

    /** Linux 5.1. */
    public static final int FSYNC = 3;

    /** Linux 5.1. */
    public static final int READ_FIXED = 4;

    /** Linux 5.1. */
    public static final int WRITE_FIXED = 5;

    /** Linux 5.1. */
    public static final int POLL_ADD = 6;

    /** Linux 5.1. */
    public static final int POLL_REMOVE = 7;

    /** Linux 5.2. */
    public static final int SYNC_FILE_RANGE = 8;

    /** Linux 5.3. */
    public static final int SENDMSG = 9;

    /** Linux 5.3. */
    public static final int RECVMSG = 10;

    /** Linux 5.4. */
    public static final int TIMEOUT = 11;

    /** Linux 5.5. */
    public static final int TIMEOUT_REMOVE = 12;

    /** Linux 5.5. */
    public static final int ACCEPT = 13;

    /** Linux 5.5. */
    public static final int ASYNC_CANCEL = 14;

    /** Linux 5.5. */
    public static final int LINK_TIMEOUT = 15;

    /** Linux 5.5. */
    public static final int CONNECT = 16;

    /** Linux 5.6. */
    public static final int FALLOCATE = 17;

    /** Linux 5.6. */
    public static final int OPENAT = 18;

    /** Linux 5.6. */
    public static final int CLOSE = 19;

    /** Linux 5.6. */
    public static final int FILES_UPDATE = 20;

    /** Linux 5.6. */
    public static final int STATX = 21;

    /** Linux 5.6. */
    public static final int READ = 22;

    /** Linux 5.6. */
    public static final int WRITE = 23;

    /** Linux 5.6. */
    public static final int FADVISE = 24;

    /** Linux 5.6. */
    public static final int MADVISE = 25;

    /** Linux 5.6. */
    public static final int SEND = 26;

    /** Linux 5.6. */
    public static final int RECV = 27;

    /** Linux 5.6. */
    public static final int OPENAT2 = 28;

    /** Linux 5.6. */
    public static final int EPOLL_CTL = 29;

    /** Linux 5.7. */
    public static final int SPLICE = 30;

    /** Linux 5.7. */
    public static final int PROVIDE_BUFFERS = 31;

    /** Linux 5.7. */
    public static final int REMOVE_BUFFERS = 32;

    /** Linux 5.8. */
    public static final int TEE = 33;

    /** Linux 5.11. */
    public static final int SHUTDOWN = 34;

    /** Linux 5.11. */
    public static final int RENAMEAT = 35;

    /** Linux 5.11. */
    public static final int UNLINKAT = 36;

    /** Linux 5.15. */
    public static final int MKDIRAT = 37;

    /** Linux 5.15. */
    public static final int SYMLINKAT = 38;

    /** Linux 5.15. */
    public static final int LINKAT = 39;

    /** Linux 5.18. */
    public static final int MSG_RING = 40;

    /** Linux 5.19. */
    public static final int FSETXATTR = 41;

    /** Linux 5.19. */
    public static final int SETXATTR = 42;

    /** Linux 5.19. */
    public static final int FGETXATTR = 43;

    /** Linux 5.19. */
    public static final int GETXATTR = 44;

    /** Linux 5.19. */
    public static final int SOCKET = 45;

    /** Linux 5.19. */
    public static final int URING_CMD = 46;

    /** Linux 6.0. */
    public static final int SEND_ZC = 47;

    /** Linux 6.1. */
    public static final int SENDMSG_ZC = 48;

    /** Linux 6.7. */
    public static final int READ_MULTISHOT = 49;

    /** Linux 6.7. */
    public static final int WAITID = 50;

    /** Linux 6.7. */
    public static final int FUTEX_WAIT = 51;

    /** Linux 6.7. */
    public static final int FUTEX_WAKE = 52;

    /** Linux 6.7. */
    public static final int FUTEX_WAITV = 53;

    /** Linux 6.8. */
    public static final int FIXED_FD_INSTALL = 54;

    /** Linux 6.9. */
    public static final int FTRUNCATE = 55;

    /** Linux 6.11. */
    public static final int BIND = 56;

    /** Linux 6.11. */
    public static final int LISTEN = 57;

    /** Linux 6.15. */
    public static final int RECV_ZC = 58;

    /** Linux 6.15. */
    public static final int EPOLL_WAIT = 59;

    /** Linux 6.15. */
    public static final int READV_FIXED = 60;

    /** Linux 6.15. */
    public static final int WRITEV_FIXED = 61;

    /** Linux 6.16. */
    public static final int PIPE = 62;

    /** Linux 6.19. */
    public static final int NOP128 = 63;

    /** Linux 6.19. */
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
