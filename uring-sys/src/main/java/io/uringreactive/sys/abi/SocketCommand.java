// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.abi;

/**
 * Commands of {@link Opcode#URING_CMD} on a socket, in the SQE's {@code cmd_op} ({@code
 * SOCKET_URING_OP_*}).
 */
public final class SocketCommand {
    @SinceLinux("6.5")
    public static final int SIOCINQ = 0;

    @SinceLinux("6.5")
    public static final int SIOCOUTQ = 1;

    @SinceLinux("6.7")
    public static final int GETSOCKOPT = 2;

    @SinceLinux("6.7")
    public static final int SETSOCKOPT = 3;

    @SinceLinux("6.17")
    public static final int TX_TIMESTAMP = 4;

    @SinceLinux("6.19")
    public static final int GETSOCKNAME = 5;

    private SocketCommand() {}
}
