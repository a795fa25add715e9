// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.guide;

import static io.uringreactive.guide.Machine.LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.http.HttpOptions;
import io.uringreactive.http.HttpRoutes;
import io.uringreactive.http.HttpServer;
import io.uringreactive.http.ServerSentEvent;
import io.uringreactive.http.UringHttp;
import io.uringreactive.test.TestConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;

/** guide/http.md. */
class HttpTest {
    @TempDir private static Path folder = Path.of("");
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static HttpServer server = start(HttpRoutes.none());

    // #region routes
    static HttpRoutes routes(Path folder) {
        return HttpRoutes.none()
                .get("/", (request, response) -> response.sendText("Hello, World!"))
                .get(
                        "/users/{id}",
                        (request, response) -> response.sendText(request.pathParameter("id")))
                .post("/echo", (request, response) -> response.send(request.body()))
                .get(
                        "/ticks",
                        (request, response) ->
                                response.sse(
                                        Flux.interval(Duration.ofMillis(100))
                                                .take(3)
                                                .map(n -> ServerSentEvent.data("tick " + n))))
                .get(
                        "/report",
                        (request, response) -> response.sendFile(folder.resolve("report.txt")));
    }

    // #endregion routes

    private static HttpServer start(HttpRoutes routes) {
        // #region options
        HttpOptions options =
                HttpOptions.port(0)
                        .bodyBytesMax(1024 * 1024)
                        .idleTimeout(Duration.ofSeconds(30))
                        .accessLog(true);
        HttpServer server = UringHttp.listen(options, routes).block();
        // #endregion options
        return Objects.requireNonNull(server);
    }

    @BeforeAll
    static void serve() throws Exception {
        server.dispose();
        Files.writeString(folder.resolve("report.txt"), "all is well");
        server = start(routes(folder));
    }

    @AfterAll
    static void stop() {
        // #region stop
        server.stop().timeout(Duration.ofSeconds(20)).doOnError(e -> server.dispose()).block();
        // #endregion stop
        CLIENT.close();
    }

    private static HttpResponse<String> exchange(HttpRequest.Builder request) throws Exception {
        return CLIENT.send(request.timeout(LIMIT).build(), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder to(String path) {
        int port = server.address().getPort();
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    @Test
    void shouldRoute() throws Exception {
        assertEquals("Hello, World!", exchange(to("/")).body());
        assertEquals("7", exchange(to("/users/7")).body());
        assertEquals(404, exchange(to("/nowhere")).statusCode());
        assertEquals(405, exchange(to("/echo")).statusCode());
    }

    @Test
    void shouldStreamBothWays() throws Exception {
        assertEquals("again", exchange(to("/echo").POST(BodyPublishers.ofString("again"))).body());
        assertTrue(exchange(to("/ticks")).body().contains("data: tick 2\n"));
    }

    @Test
    void shouldSendAFileAndARangeOfIt() throws Exception {
        assertEquals("all is well", exchange(to("/report")).body());
        HttpResponse<String> range = exchange(to("/report").header("Range", "bytes=0-2"));
        assertEquals(206, range.statusCode());
        assertEquals("all", range.body());
    }

    @Test
    void shouldAnswerInMemory() {
        // #region memory
        TestConnection conn = TestConnection.create();
        conn.handle(UringHttp.handler(HttpOptions.port(0), routes(Path.of("")))).subscribe();
        conn.peer().write("GET /users/7 HTTP/1.1\r\nHost: test\r\n\r\n");
        String answer = conn.peer().received();
        // #endregion memory
        assertTrue(answer.startsWith("HTTP/1.1 200 OK\r\n"), answer);
        assertTrue(answer.endsWith("\r\n\r\n7"), answer);
        conn.dispose();
    }
}
