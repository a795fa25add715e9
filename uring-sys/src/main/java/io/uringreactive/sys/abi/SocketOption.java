// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.abi;

/** Socket options that setsockopt(2) sets to an {@code int}. */
public enum SocketOption {
    SO_REUSEADDR(1, 2),
    SO_SNDBUF(1, 7),
    SO_RCVBUF(1, 8),
    SO_KEEPALIVE(1, 9),
    SO_REUSEPORT(1, 15),
    TCP_NODELAY(6, 1),
    TCP_USER_TIMEOUT(6, 18),
    TCP_NOTSENT_LOWAT(6, 25),
    IPV6_V6ONLY(41, 26);

    private final int level;
    private final int number;

    SocketOption(int level, int number) {
        this.level = level;
        this.number = number;
    }

    public int level() {
        return level;
    }

    public int number() {
        return number;
    }
}
