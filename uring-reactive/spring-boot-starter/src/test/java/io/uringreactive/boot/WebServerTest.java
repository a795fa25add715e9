// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.boot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.GracefulShutdownResult;
import org.springframework.boot.web.server.Http2;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.Shutdown;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.WebServerException;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.HttpHandler;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** What Spring Boot expects of a web server and of its factory. */
@ExtendWith(OutputCaptureExtension.class)
class WebServerTest {
    private final UringReactiveWebServerFactory factory = new UringReactiveWebServerFactory(0);
    private final Sinks.Empty<Void> answer = Sinks.empty();
    private final CountDownLatch asked = new CountDownLatch(1);
    private WebServer server = new UringReactiveWebServerFactory(0).getWebServer(text("unused"));

    @BeforeEach
    void beGraceful() {
        factory.setShutdown(Shutdown.GRACEFUL);
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private static HttpHandler text(String text) {
        return (request, response) -> {
            DataBuffer content = response.bufferFactory().wrap(text.getBytes(UTF_8));
            return response.writeWith(Mono.just(content));
        };
    }

    /** Answers when the test says so. */
    private HttpHandler waiting() {
        return (request, response) -> {
            asked.countDown();
            return answer.asMono().then(text("at last").handle(request, response));
        };
    }

    private WebServer start(HttpHandler handler) {
        server = factory.getWebServer(handler);
        server.start();
        return server;
    }

    private CompletableFuture<HttpResponse<String>> begun() throws InterruptedException {
        CompletableFuture<HttpResponse<String>> response = Client.begin(server.getPort(), "/");
        assertTrue(asked.await(Client.PATIENCE.toSeconds(), TimeUnit.SECONDS));
        return response;
    }

    @Test
    void shouldStartOnceAndSayWhere(CapturedOutput output) throws Exception {
        server = factory.getWebServer(text("here"));
        assertEquals(-1, server.getPort());
        server.start();
        int port = server.getPort();
        server.start();
        assertEquals(port, server.getPort());
        assertTrue(output.getOut().contains("Uring started on port " + port + " (http)"));
        assertEquals("here", Client.get(port, "/").body());
    }

    @Test
    void shouldStartAgainAfterAStop() throws Exception {
        int port = start(text("here")).getPort();
        server.stop();
        assertEquals(-1, server.getPort());
        assertThrows(ConnectException.class, () -> Client.get(port, "/"));
        server.stop();
        factory.setPort(port);
        assertEquals(port, start(text("again")).getPort());
        server.stop();
        server.start();
        assertEquals("again", Client.get(port, "/").body());
    }

    @Test
    void shouldNotListenOnANegativePort() {
        factory.setPort(-1);
        assertEquals(-1, start(text("nowhere")).getPort());
    }

    @Test
    void shouldSayThatAPortIsInUse() throws IOException {
        try (ServerSocket other = new ServerSocket(0)) {
            factory.setPort(other.getLocalPort());
            PortInUseException e =
                    assertThrows(PortInUseException.class, () -> start(text("never")));
            assertEquals(other.getLocalPort(), e.getPort());
        }
    }

    @Test
    void shouldListenOnOneAddress() throws Exception {
        factory.setAddress(InetAddress.ofLiteral("127.0.0.1"));
        int port = start(text("here")).getPort();
        assertEquals("here", Client.get(port, "/").body());
    }

    @Test
    void shouldFailOnAnAddressOfAnotherMachine() {
        factory.setAddress(InetAddress.ofLiteral("192.0.2.1"));
        WebServerException e = assertThrows(WebServerException.class, () -> start(text("never")));
        assertFalse(e instanceof PortInUseException);
        assertTrue(
                String.valueOf(e.getMessage()).contains("not an address of this machine"),
                e.getMessage());
    }

    @Test
    void shouldKeepTheProcessAlive() {
        start(text("here"));
        assertTrue(
                Thread.getAllStackTraces().keySet().stream()
                        .anyMatch(t -> t.getName().equals("uring-server") && !t.isDaemon()));
    }

    @Test
    void shouldLetAnAnswerEnd() throws Exception {
        int port = start(waiting()).getPort();
        CompletableFuture<HttpResponse<String>> response = begun();
        CompletableFuture<GracefulShutdownResult> result = new CompletableFuture<>();
        server.shutDownGracefully(result::complete);
        awaitRefusal(port);
        assertFalse(result.isDone());
        answer.tryEmitEmpty().orThrow();
        assertEquals("at last", response.get().body());
        assertEquals(GracefulShutdownResult.IDLE, within(result));
    }

    /** Its rings stop accepting in their own time; who comes before may still be let in. */
    private static void awaitRefusal(int port) throws IOException {
        long deadline = System.nanoTime() + Client.PATIENCE.toNanos();
        while (accepts(port)) {
            assertTrue(System.nanoTime() < deadline, "accepts no more");
        }
    }

    private static boolean accepts(int port) throws IOException {
        try (Socket client = new Socket("localhost", port)) {
            return client.isConnected();
        } catch (SocketException refused) {
            return false; // or reset, with what the backlog held when it closed
        }
    }

    @Test
    void shouldGiveUpWaitingAtTheDeadline() throws Exception {
        start(waiting());
        CompletableFuture<HttpResponse<String>> response = begun();
        CompletableFuture<GracefulShutdownResult> result = new CompletableFuture<>();
        server.shutDownGracefully(result::complete);
        server.stop();
        assertEquals(GracefulShutdownResult.REQUESTS_ACTIVE, within(result));
        ExecutionException e = assertThrows(ExecutionException.class, () -> within(response));
        assertInstanceOf(IOException.class, e.getCause());
    }

    @Test
    void shouldNotWaitUnlessGraceful() throws Exception {
        factory.setShutdown(Shutdown.IMMEDIATE);
        start(waiting());
        CompletableFuture<HttpResponse<String>> response = begun();
        CompletableFuture<GracefulShutdownResult> result = new CompletableFuture<>();
        server.shutDownGracefully(result::complete);
        assertEquals(GracefulShutdownResult.IMMEDIATE, result.getNow(null));
        server.stop();
        assertThrows(ExecutionException.class, () -> within(response));
    }

    @Test
    void shouldBeIdleWhenItHasNotStarted() {
        CompletableFuture<GracefulShutdownResult> result = new CompletableFuture<>();
        factory.getWebServer(text("")).shutDownGracefully(result::complete);
        assertEquals(GracefulShutdownResult.IDLE, result.getNow(null));
    }

    private static <T> T within(CompletableFuture<T> future) throws Exception {
        return future.get(Client.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void shouldRefuseWhatItDoesNotHave() {
        factory.setSsl(new Ssl());
        UnsupportedServerFeature https =
                assertThrows(UnsupportedServerFeature.class, () -> start(text("never")));
        assertTrue(https.what().contains("server.ssl"), https.what());
        factory.setSsl(Ssl.forBundle("b"));
        assertThrows(UnsupportedServerFeature.class, () -> start(text("never")));
        factory.setSsl(null);
        Http2 http2 = new Http2();
        http2.setEnabled(true);
        factory.setHttp2(http2);
        assertThrows(UnsupportedServerFeature.class, () -> start(text("never")));
    }
}
