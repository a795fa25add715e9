// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.uringreactive.Connection;
import io.uringreactive.http.HttpOptions;
import io.uringreactive.http.HttpResponse;
import io.uringreactive.http.HttpRoutes;
import io.uringreactive.http.ServerSentEvent;
import io.uringreactive.http.UringHttp;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A web server that shows what HTTP can do: text, JSON, upload, streams, events, a file. */
final class Web {
    private static final int LINES = 1000;

    /** 16 KiB, ready to send. */
    private static final byte[] JSON =
            ("[" + "{\"id\":1234567,\"name\":\"0123456789abcd\"},".repeat(399) + "{\"id\":1}]")
                    .getBytes(US_ASCII);

    /**
     * {@code file} is what {@code /file} sends; {@code deadline}, where there is one, is every time
     * limit of a client.
     */
    static Function<Connection, Publisher<Void>> handler(Path file, @Nullable Duration deadline) {
        HttpOptions options = HttpOptions.port(0);
        if (deadline != null) {
            options =
                    options.idleTimeout(deadline)
                            .headerTimeout(deadline)
                            .bodyTimeout(deadline)
                            .writeTimeout(deadline);
        }
        return UringHttp.handler(options, routes(file));
    }

    private static HttpRoutes routes(Path file) {
        return HttpRoutes.none()
                .get("/", (request, response) -> response.sendText("Hello, World!"))
                .get("/json", (request, response) -> json(response))
                .post("/echo", (request, response) -> response.send(request.body()))
                .get("/stream", (request, response) -> response.send(lines()))
                .get("/sse", (request, response) -> response.sse(ticks()))
                .get("/file", (request, response) -> response.sendFile(file));
    }

    private static Publisher<Void> json(HttpResponse response) {
        return response.header(HttpHeaderNames.CONTENT_TYPE, "application/json")
                .send(
                        Mono.fromSupplier(
                                () ->
                                        ByteBufAllocator.DEFAULT
                                                .directBuffer(JSON.length)
                                                .writeBytes(JSON)));
    }

    private static Flux<ByteBuf> lines() {
        return Flux.range(1, LINES)
                .map(i -> ByteBufUtil.writeUtf8(ByteBufAllocator.DEFAULT, "line " + i + "\n"));
    }

    private static Flux<ServerSentEvent> ticks() {
        return Flux.interval(Duration.ofMillis(500))
                .map(i -> new ServerSentEvent("tick", Long.toString(i), Long.toString(i)));
    }

    private Web() {}
}
