// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.boot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableReactiveWebApplicationContext;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.reactive.context.AnnotationConfigReactiveWebServerApplicationContext;
import org.springframework.web.server.adapter.ForwardedHeaderTransformer;

/** {@code server.*} and the choice of the server, by what clients see. */
class ServerPropertiesTest extends ServedContext {
    private static String who(AssertableReactiveWebApplicationContext context) throws Exception {
        return Client.get(
                        port(context),
                        "/who",
                        "X-Forwarded-Proto",
                        "https",
                        "X-Forwarded-Host",
                        "a.org",
                        "X-Forwarded-For",
                        "192.0.2.1:5")
                .body();
    }

    @Test
    void shouldRefuseLongHeaders() {
        serving()
                .withPropertyValues("server.max-http-request-header-size=1KB")
                .run(
                        context ->
                                assertEquals(
                                        431,
                                        Client.get(port(context), "/", "A", "b".repeat(1024))
                                                .statusCode()));
    }

    @Test
    void shouldCompress() {
        serving()
                .withPropertyValues(
                        "server.compression.enabled=true",
                        "server.compression.excluded-user-agents=Old",
                        "server.compression.min-response-size=5KB")
                .run(
                        context -> {
                            int port = port(context);
                            HttpResponse<byte[]> answer =
                                    Client.bytes(port, "/", "Accept-Encoding", "gzip");
                            assertEquals(
                                    "gzip", answer.headers().firstValue("Content-Encoding").get());
                            assertEquals(
                                    TEXT,
                                    new String(
                                            new GZIPInputStream(
                                                            new ByteArrayInputStream(answer.body()))
                                                    .readAllBytes(),
                                            UTF_8));
                            assertNull(
                                    Client.get(
                                                    port,
                                                    "/",
                                                    "Accept-Encoding",
                                                    "gzip",
                                                    "User-Agent",
                                                    "Old")
                                            .headers()
                                            .firstValue("Content-Encoding")
                                            .orElse(null));
                            assertTrue(
                                    Client.get(port, "/who", "Accept-Encoding", "gzip")
                                            .body()
                                            .startsWith("http://localhost"),
                                    "small");
                        });
    }

    @Test
    void shouldBelieveProxiesOnlyWhenTold() {
        String believed = "https://a.org/who for /192.0.2.1:5";
        serving()
                .withPropertyValues("server.forward-headers-strategy=native")
                .run(context -> assertEquals(believed, who(context)));
        serving().run(context -> assertTrue(who(context).startsWith("http://localhost:")));
        serving()
                .withPropertyValues("spring.main.cloud-platform=heroku")
                .run(context -> assertEquals(believed, who(context)));
        serving()
                .withPropertyValues("server.forward-headers-strategy=framework")
                .run(
                        context -> {
                            assertTrue(context.containsBean("forwardedHeaderTransformer"));
                            assertInstanceOf(
                                    ForwardedHeaderTransformer.class,
                                    context.getBean("forwardedHeaderTransformer"));
                            assertFalse(options.get().forwarded());
                        });
    }

    @Test
    void shouldFailOnAPortInUse() throws Exception {
        try (ServerSocket other = new ServerSocket(0)) {
            serving()
                    .withPropertyValues("server.port=" + other.getLocalPort())
                    .run(
                            context -> {
                                Throwable root = context.getStartupFailure();
                                while (root != null && !(root instanceof PortInUseException)) {
                                    root = root.getCause();
                                }
                                assertInstanceOf(PortInUseException.class, root);
                            });
        }
    }

    @Test
    void shouldRunWithoutReactorNettysServer() {
        serving()
                .withClassLoader(new FilteredClassLoader("reactor.netty.http"))
                .run(context -> assertEquals(TEXT, Client.get(port(context), "/").body()));
    }

    @Test
    void shouldStepBackForAnotherFactory() {
        serving()
                .withBean(
                        "mine",
                        UringReactiveWebServerFactory.class,
                        () -> new UringReactiveWebServerFactory(0))
                .run(
                        context ->
                                assertSame(
                                        context.getBean("mine"),
                                        context.getBean(UringReactiveWebServerFactory.class)));
    }

    @Test
    void shouldRunOnAnotherTransport() {
        serving()
                .withPropertyValues("server.uring.transport=epoll")
                .run(
                        context -> {
                            assertEquals("epoll", running(context).name());
                            assertEquals(TEXT, Client.get(port(context), "/").body());
                        });
    }

    @Test
    void shouldServeAgainAfterTheContextHasStopped() {
        serving()
                .run(
                        context -> {
                            AnnotationConfigReactiveWebServerApplicationContext source =
                                    (AnnotationConfigReactiveWebServerApplicationContext)
                                            context.getSourceApplicationContext();
                            source.stop();
                            assertEquals(-1, requireNonNull(source.getWebServer()).getPort());
                            source.start();
                            assertEquals(TEXT, Client.get(port(context), "/").body());
                        });
    }
}
