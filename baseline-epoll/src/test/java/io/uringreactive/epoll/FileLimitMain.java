// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.epoll;

import io.uringreactive.Listener;
import io.uringreactive.Transport;
import java.io.IOException;
import java.net.Socket;
import reactor.util.Loggers;

/** Echoes on a port, which it prints, until its input ends. */
final class FileLimitMain {
    public static void main(String[] arguments) throws IOException {
        Transport transport = Wired.open(arguments[0], 1);
        Listener listener = Wired.get(transport.listen(Wired.loopback()));
        listener.serve(connection -> connection.send(connection.receive())).subscribe();
        // Loads what serving needs: each class is a file, and there may be none to open later.
        try (Socket first = new Socket("127.0.0.1", listener.address().getPort())) {
            first.getOutputStream().write(1);
            first.getInputStream().read();
            first.setSoLinger(true, 0);
        }
        Loggers.getLogger(Entrance.class).warn("logging {}: {}", listener, "works");
        System.out.println(listener.address().getPort());
        while (System.in.read() >= 0) {
            // Only the end matters.
        }
        transport.disposeGracefully().block(Wired.LIMIT);
    }

    private FileLimitMain() {}
}
