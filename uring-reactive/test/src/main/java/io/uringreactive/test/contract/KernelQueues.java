// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the kernel holds of a connection's direction, from /proc/net/tcp and tcp6 (proc_net(5)). */
final class KernelQueues {
    /** Not acknowledged at {@code senderPort}, and not read at {@code receiverPort}. */
    static long bytes(int senderPort, int receiverPort) {
        return queue(senderPort, receiverPort, 0) + queue(receiverPort, senderPort, 1);
    }

    private static long queue(int localPort, int remotePort, int which) {
        try {
            List<String> sockets = new ArrayList<>(Files.readAllLines(Path.of("/proc/net/tcp")));
            if (Files.exists(Path.of("/proc/net/tcp6"))) {
                sockets.addAll(Files.readAllLines(Path.of("/proc/net/tcp6")));
            }
            for (String line : sockets) {
                String[] fields = line.trim().split("\\s+", -1);
                if (isPort(fields[1], localPort) && isPort(fields[2], remotePort)) {
                    return Long.parseLong(fields[4].split(":", -1)[which], 16);
                }
            }
            throw new AssertionError("no socket from port " + localPort + " to " + remotePort);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isPort(String address, int port) {
        return address.endsWith(String.format(Locale.ROOT, ":%04X", port));
    }

    private KernelQueues() {}
}
