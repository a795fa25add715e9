// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.peers;

import reactor.netty.DisposableServer;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.TcpServer;

/**
 * Sends back what it receives, on reactor-netty with one event loop: io_uring where Netty's native
 * library for it is on the class path, otherwise epoll. Usage: ReactorNettyEcho PORT
 */
final class ReactorNettyEcho {
    public static void main(String[] args) {
        LoopResources loops = ReactorNettyLoop.open("echo");
        DisposableServer server =
                TcpServer.create()
                        .host("127.0.0.1")
                        .port(Integer.parseInt(args[0]))
                        .runOn(loops, true)
                        .handle((in, out) -> out.send(in.receive().retain()))
                        .bindNow();
        ReactorNettyLoop.serve(server, loops);
    }

    private ReactorNettyEcho() {}
}
