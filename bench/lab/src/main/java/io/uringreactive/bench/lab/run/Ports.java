// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.run;

import io.uringreactive.bench.lab.process.LabException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/** Ports for servers, below those that the kernel gives to clients: load cannot take one away. */
final class Ports {
    private static final int FIRST = 17_800;
    private static final int LAST = 19_999;

    private static final AtomicInteger NEXT = new AtomicInteger(FIRST);

    static int next() {
        for (int port = NEXT.getAndIncrement(); port <= LAST; port = NEXT.getAndIncrement()) {
            try (ServerSocket free = new ServerSocket()) {
                free.setReuseAddress(true);
                free.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return port;
            } catch (IOException e) {
                // In use: the next one.
            }
        }
        throw new LabException("no free port from %d to %d".formatted(FIRST, LAST));
    }

    private Ports() {}
}
