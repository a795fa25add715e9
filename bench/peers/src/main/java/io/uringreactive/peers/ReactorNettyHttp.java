// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.peers;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.nio.file.Path;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;

/**
 * {@code ./uring serve http} on reactor-netty, on one event loop: io_uring where Netty's native
 * library for it is on the class path, otherwise epoll. A switch over paths instead of its routes,
 * which look at one after the other. Usage: ReactorNettyHttp PORT FILE
 */
final class ReactorNettyHttp {
    /** The same as {@code ./uring serve http} has at /json. */
    private static final byte[] JSON =
            ("[" + "{\"id\":1234567,\"name\":\"0123456789abcd\"},".repeat(399) + "{\"id\":1}]")
                    .getBytes(US_ASCII);

    public static void main(String[] args) {
        int port = Integer.parseInt(args[0]);
        Path file = Path.of(args[1]);
        LoopResources loops = ReactorNettyLoop.open("http");
        DisposableServer server =
                HttpServer.create()
                        .host("127.0.0.1")
                        .port(port)
                        .runOn(loops, true)
                        .handle((request, response) -> answer(request, response, file))
                        .bindNow();
        ReactorNettyLoop.serve(server, loops);
    }

    private static Publisher<Void> answer(
            HttpServerRequest request, HttpServerResponse response, Path file) {
        return switch (request.uri()) {
            case "/" ->
                    response.header(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
                            .sendString(Mono.just("Hello, World!"));
            case "/json" ->
                    response.header(HttpHeaderNames.CONTENT_TYPE, "application/json")
                            .send(Mono.fromSupplier(ReactorNettyHttp::json));
            case "/file" -> response.sendFile(file);
            default -> response.sendNotFound();
        };
    }

    private static ByteBuf json() {
        return ByteBufAllocator.DEFAULT.directBuffer(JSON.length).writeBytes(JSON);
    }

    private ReactorNettyHttp() {}
}
