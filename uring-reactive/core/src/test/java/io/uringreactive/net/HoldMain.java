// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds many connections to an echo server at once, sends 64 bytes on each and reads them back,
 * twice. Arguments: port, connections. Prints when all are echoed, and closes them all when it is
 * told a line. For {@link ChildJvm}.
 */
final class HoldMain {
    private static final int BYTES = 64;
    private static final int LOOPBACK_ADDRESSES = 8;

    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[0]);
        int connections = Integer.parseInt(arguments[1]);
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            String host = "127.0.0." + (1 + i % LOOPBACK_ADDRESSES);
            peers.add(Peer.connect(new InetSocketAddress(host, port)));
        }
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < connections; i++) {
                peers.get(i).write(Sequence.bytes(i + round, BYTES));
            }
            for (int i = 0; i < connections; i++) {
                byte[] echo = peers.get(i).read(BYTES);
                Sequence.check(i + round, echo, BYTES);
            }
        }
        System.out.println("echoed " + connections);
        int told = System.in.read();
        peers.forEach(Peer::close);
        System.out.println("closed " + told);
        while (System.in.read() >= 0) {
            // Until the end.
        }
    }

    private HoldMain() {}
}
