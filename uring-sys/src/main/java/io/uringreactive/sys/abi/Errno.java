// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.abi;

/**
 * Error numbers of Linux on x86-64 and arm64 ({@code errno(3)}); a CQE's result carries them
 * negated.
 */
public enum Errno {
    EPERM(1),
    ENOENT(2),
    EINTR(4),
    EIO(5),
    ENXIO(6),
    EBADF(9),
    EAGAIN(11),
    ENOMEM(12),
    EACCES(13),
    EFAULT(14),
    EBUSY(16),
    EEXIST(17),
    ENODEV(19),
    EINVAL(22),
    ENFILE(23),
    EMFILE(24),
    ENOSPC(28),
    EPIPE(32),
    ENOSYS(38),
    EBADR(53),
    EPROTO(71),
    EOVERFLOW(75),
    EBADFD(77),
    ENOTSOCK(88),
    EDESTADDRREQ(89),
    EMSGSIZE(90),
    EPROTONOSUPPORT(93),
    EOPNOTSUPP(95),
    EAFNOSUPPORT(97),
    EADDRINUSE(98),
    EADDRNOTAVAIL(99),
    ENETDOWN(100),
    ENETUNREACH(101),
    ECONNABORTED(103),
    ECONNRESET(104),
    ENOBUFS(105),
    EISCONN(106),
    ENOTCONN(107),
    ETIMEDOUT(110),
    ECONNREFUSED(111),
    EHOSTDOWN(112),
    EHOSTUNREACH(113),
    EALREADY(114),
    EINPROGRESS(115),
    ECANCELED(125),
    ETIME(62);

    private static final Errno[] BY_NUMBER = new Errno[134];

    static {
        for (Errno errno : values()) {
            BY_NUMBER[errno.number] = errno;
        }
    }

    private final int number;

    Errno(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    /** Whether {@code result}, a CQE's or a wrapped system call's, is this error negated. */
    public boolean is(int result) {
        return result == -number;
    }

    /** The name behind a negative result; {@code errno n} where this enum has no name for it. */
    public static String name(int result) {
        int number = Math.abs(result);
        // The lowest int has no absolute value: it stays negative.
        return number >= 0 && number < BY_NUMBER.length && BY_NUMBER[number] != null
                ? BY_NUMBER[number].name()
                : "errno " + number;
    }
}
