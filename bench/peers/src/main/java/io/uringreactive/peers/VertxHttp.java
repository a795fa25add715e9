// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.peers;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.transport.Transport;

/** Plain text on Vert.x, on one event loop of native epoll. Usage: VertxHttp PORT */
final class VertxHttp {
    private static final Buffer BODY = Buffer.buffer("Hello, World!");

    public static void main(String[] args) {
        Vertx vertx =
                Vertx.builder()
                        .with(new VertxOptions().setEventLoopPoolSize(1))
                        .withTransport(Transport.EPOLL)
                        .build();
        vertx.createHttpServer()
                .requestHandler(
                        request ->
                                request.response()
                                        .putHeader("content-type", "text/plain")
                                        .end(BODY))
                .listen(Integer.parseInt(args[0]), "127.0.0.1")
                .onSuccess(
                        server -> System.out.println("ready: Vert.x, port " + server.actualPort()))
                .onFailure(
                        error -> {
                            error.printStackTrace();
                            System.exit(1);
                        });
    }

    private VertxHttp() {}
}
