// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.webflux;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.ServerSocketChannel;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

/**
 * The application on reactor-netty, on one event loop: io_uring where Netty's native library for it
 * is on the class path, otherwise epoll. Usage: OnReactorNetty PORT
 */
final class OnReactorNetty {
    public static void main(String[] args) {
        LoopResources loops = LoopResources.create("http", 1, true);
        EventLoopGroup group = loops.onServer(true);
        Class<? extends Channel> channel = loops.onChannelClass(ServerSocketChannel.class, group);
        DisposableServer server =
                HttpServer.create()
                        .host("127.0.0.1")
                        .port(Integer.parseInt(args[0]))
                        .runOn(loops, true)
                        .handle(new ReactorHttpHandlerAdapter(Application.handler()))
                        .bindNow();
        System.out.println(
                "ready: WebFlux on " + channel.getSimpleName() + ", port " + server.port());
        server.onDispose().block();
    }

    private OnReactorNetty() {}
}
