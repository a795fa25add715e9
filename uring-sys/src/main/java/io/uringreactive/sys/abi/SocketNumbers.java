// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.abi;

/** Constants of socket(7), ip(7), tcp(7), poll(2) and eventfd(2) on x86-64 and arm64. */
public final class SocketNumbers {
    public static final int AF_INET = 2;
    public static final int AF_INET6 = 10;
    public static final int SOCK_STREAM = 1;
    public static final int SOCK_NONBLOCK = 0x800;
    public static final int SOCK_CLOEXEC = 0x80000;
    public static final int SHUT_WR = 1;
    public static final int MSG_NOSIGNAL = 0x4000;
    public static final int POLLIN = 1;
    public static final int EFD_NONBLOCK = 0x800;
    public static final int EFD_CLOEXEC = 0x80000;

    private SocketNumbers() {}
}
