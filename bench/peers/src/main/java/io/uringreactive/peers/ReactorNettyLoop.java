// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.peers;

import io.netty.channel.socket.ServerSocketChannel;
import reactor.netty.DisposableServer;
import reactor.netty.resources.LoopResources;

/**
 * The one event loop of a server of reactor-netty: io_uring where Netty's native library for it is
 * on the class path, otherwise epoll.
 */
final class ReactorNettyLoop {
    static LoopResources open(String name) {
        return LoopResources.create(name, 1, true);
    }

    /** Says what {@code server} runs on, and stays until it ends. */
    static void serve(DisposableServer server, LoopResources loops) {
        Class<?> channel = loops.onChannelClass(ServerSocketChannel.class, loops.onServer(true));
        System.out.println(
                "ready: reactor-netty on %s, port %d"
                        .formatted(channel.getSimpleName(), server.port()));
        server.onDispose().block();
    }

    private ReactorNettyLoop() {}
}
