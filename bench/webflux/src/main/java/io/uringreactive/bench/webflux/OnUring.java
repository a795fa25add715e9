// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.webflux;

import io.uringreactive.ListenOptions;
import io.uringreactive.Net;
import io.uringreactive.http.HttpOptions;
import io.uringreactive.http.HttpServer;
import io.uringreactive.http.UringHttp;
import io.uringreactive.webflux.UringHttpHandlerAdapter;
import java.util.Objects;

/**
 * The application on this library, on one ring or one event loop. Usage: OnUring PORT [TRANSPORT]
 */
final class OnUring {
    public static void main(String[] args) {
        String transport = args.length > 1 ? args[1] : "uring";
        HttpOptions options =
                HttpOptions.port(0)
                        .listen(ListenOptions.port(Integer.parseInt(args[0])).host("127.0.0.1"))
                        .transport(Net.provider(transport).open(1));
        HttpServer server =
                Objects.requireNonNull(
                        UringHttp.listen(
                                        options, new UringHttpHandlerAdapter(Application.handler()))
                                .block());
        System.out.println(
                "ready: WebFlux on %s, port %d"
                        .formatted(
                                transport.equals("uring") ? "io_uring" : transport,
                                server.address().getPort()));
        server.onClose().block();
    }

    private OnUring() {}
}
