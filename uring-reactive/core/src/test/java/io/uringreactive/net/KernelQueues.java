// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the kernel holds of one direction of a connection, from /proc/net/tcp and tcp6, where the
 * JDK's sockets are (proc_net(5)): sent and not acknowledged at one end, arrived and not read at
 * the other.
 */
record KernelQueues(long unacknowledgedBytes, long unreadBytes) {
    /** From {@code senderPort} to {@code receiverPort}. */
    static KernelQueues between(int senderPort, int receiverPort) {
        List<String> sockets = sockets();
        return new KernelQueues(
                queues(sockets, senderPort, receiverPort)[0],
                queues(sockets, receiverPort, senderPort)[1]);
    }

    private static List<String> sockets() {
        try {
            List<String> lines = new ArrayList<>(Files.readAllLines(Path.of("/proc/net/tcp")));
            lines.addAll(Files.readAllLines(Path.of("/proc/net/tcp6")));
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long[] queues(List<String> sockets, int localPort, int remotePort) {
        for (String line : sockets) {
            String[] fields = line.trim().split("\\s+", -1);
            if (isPort(fields[1], localPort) && isPort(fields[2], remotePort)) {
                String[] queues = fields[4].split(":", -1);
                return new long[] {Long.parseLong(queues[0], 16), Long.parseLong(queues[1], 16)};
            }
        }
        throw new AssertionError("no socket from port " + localPort + " to " + remotePort);
    }

    private static boolean isPort(String address, int port) {
        return address.endsWith(String.format(Locale.ROOT, ":%04X", port));
    }

    long bytes() {
        return unacknowledgedBytes + unreadBytes;
    }
}
