// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.peers;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.LineBasedFrameDecoder;
import reactor.core.publisher.Flux;
import reactor.netty.DisposableServer;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.TcpServer;

/**
 * Sends as many bytes as the first line asks for, and ends; on reactor-netty with one event loop:
 * io_uring where Netty's native library for it is on the class path, otherwise epoll. Usage:
 * ReactorNettyStream PORT
 */
final class ReactorNettyStream {
    public static void main(String[] args) {
        LoopResources loops = ReactorNettyLoop.open("stream");
        DisposableServer server =
                TcpServer.create()
                        .host("127.0.0.1")
                        .port(Integer.parseInt(args[0]))
                        .runOn(loops, true)
                        .doOnConnection(
                                connection ->
                                        connection.addHandlerLast(
                                                new LineBasedFrameDecoder(
                                                        StreamPattern.LINE_BYTES_MAX)))
                        .handle(
                                (in, out) ->
                                        out.send(
                                                in.receive()
                                                        .asString()
                                                        .take(1)
                                                        .concatMap(ReactorNettyStream::bytes)))
                        .bindNow();
        ReactorNettyLoop.serve(server, loops);
    }

    private static Flux<ByteBuf> bytes(String line) {
        long count = Long.parseLong(line);
        return Flux.generate(
                () -> count,
                (left, sink) -> {
                    if (left <= 0) {
                        sink.complete();
                        return left;
                    }
                    ByteBuf piece = StreamPattern.piece(left);
                    long rest = left - piece.readableBytes(); // before whoever takes it reads it
                    sink.next(piece);
                    return rest;
                });
    }

    private ReactorNettyStream() {}
}
