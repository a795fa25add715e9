// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.guide;

// #region program
import io.uringreactive.http.HttpRoutes;
import io.uringreactive.http.ServerSentEvent;
import io.uringreactive.http.UringHttp;
import java.time.Duration;
import reactor.core.publisher.Flux;

class HttpProgram {
    static HttpRoutes routes() {
        return HttpRoutes.none()
                .get("/", (request, response) -> response.sendText("Hello, World!"))
                .post("/echo", (request, response) -> response.send(request.body()))
                .get(
                        "/ticks",
                        (request, response) ->
                                response.sse(
                                        Flux.interval(Duration.ofSeconds(1))
                                                .map(n -> ServerSentEvent.data("tick " + n))));
    }

    static void main() {
        int port = Integer.getInteger("port", 8080);
        UringHttp.serve(port, routes()).block();
    }
}
// #endregion program
