// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.boot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.RingGroup;
import io.uringreactive.Transport;
import io.uringreactive.boot.autoconfigure.UringReactiveWebServerAutoConfiguration;
import io.uringreactive.http.HttpOptions;
import java.io.ByteArrayInputStream;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableReactiveWebApplicationContext;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.web.server.reactive.context.AnnotationConfigReactiveWebServerApplicationContext;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.web.server.adapter.ForwardedHeaderTransformer;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;

/** {@code server.*} and {@code server.uring.*}, by what they change. */
class PropertiesTest {
    private static final String TEXT = "all work and no play ".repeat(500);

    private final AtomicReference<HttpOptions> options = new AtomicReference<>();

    private final ReactiveWebApplicationContextRunner runner =
            new ReactiveWebApplicationContextRunner(
                            AnnotationConfigReactiveWebServerApplicationContext::new)
                    .withConfiguration(
                            AutoConfigurations.of(UringReactiveWebServerAutoConfiguration.class))
                    .withBean(UringServerCustomizer.class, () -> this::remember)
                    .withPropertyValues("server.port=0");

    private HttpOptions remember(HttpOptions value) {
        options.set(value);
        return value;
    }

    private static HttpHandler handler() {
        return WebHttpHandlerBuilder.webHandler(
                        exchange -> {
                            exchange.getResponse()
                                    .getHeaders()
                                    .add("Content-Type", "text/plain;charset=UTF-8");
                            String path = exchange.getRequest().getPath().value();
                            String text =
                                    path.equals("/who")
                                            ? exchange.getRequest().getURI()
                                                    + " for "
                                                    + exchange.getRequest().getRemoteAddress()
                                            : TEXT;
                            return exchange.getResponse()
                                    .writeWith(
                                            Mono.fromSupplier(
                                                    () ->
                                                            exchange.getResponse()
                                                                    .bufferFactory()
                                                                    .wrap(text.getBytes(UTF_8))));
                        })
                .build();
    }

    private ReactiveWebApplicationContextRunner serving() {
        return runner.withBean(HttpHandler.class, PropertiesTest::handler);
    }

    private static int port(AssertableReactiveWebApplicationContext context) {
        WebServerApplicationContext source =
                (WebServerApplicationContext) context.getSourceApplicationContext();
        return requireNonNull(source.getWebServer()).getPort();
    }

    private static Transport running(AssertableReactiveWebApplicationContext context) {
        return requireNonNull(context.getBean(ServerTransport.class).running());
    }

    @Test
    void shouldHaveTheLibrarysDefaults() {
        serving()
                .run(
                        context ->
                                assertEquals(
                                        HttpOptions.port(0)
                                                .headerBytesMax(8192)
                                                .listen(options.get().listen()),
                                        options.get()));
    }

    @Test
    void shouldTakeEverythingOfTheServer() {
        serving()
                .withPropertyValues(
                        "server.uring.idle-timeout=11s",
                        "server.uring.header-timeout=12s",
                        "server.uring.body-timeout=13s",
                        "server.uring.write-timeout=14s",
                        "server.uring.max-connections=15",
                        "server.uring.max-keep-alive-requests=16",
                        "server.uring.max-initial-line-length=17KB",
                        "server.uring.max-headers=18",
                        "server.uring.max-body-size=3GB",
                        "server.uring.max-drain-size=19B",
                        "server.uring.access-log.enabled=true",
                        "server.server-header=Mine",
                        "server.max-http-request-header-size=20KB")
                .run(
                        context -> {
                            HttpOptions is = options.get();
                            assertEquals(11, is.idleTimeout().toSeconds());
                            assertEquals(12, is.headerTimeout().toSeconds());
                            assertEquals(13, is.bodyTimeout().toSeconds());
                            assertEquals(14, is.writeTimeout().toSeconds());
                            assertEquals(15, is.connectionsMax());
                            assertEquals(16, is.requestsMax());
                            assertEquals(17 * 1024, is.requestLineBytesMax());
                            assertEquals(18, is.headersMax());
                            assertEquals(3L << 30, is.bodyBytesMax());
                            assertEquals(19, is.drainBytesMax());
                            assertTrue(is.accessLog());
                            assertEquals("Mine", is.serverHeader());
                            assertEquals(20 * 1024, is.headerBytesMax());
                            HttpResponse<String> answer = Client.get(port(context), "/");
                            assertEquals("Mine", answer.headers().firstValue("Server").get());
                        });
    }

    @Test
    void shouldTakeEverythingOfConnections() {
        serving()
                .withPropertyValues(
                        "server.uring.backlog=11",
                        "server.uring.unclaimed-timeout=12s",
                        "server.uring.placement=least-connections",
                        "server.uring.no-delay=false",
                        "server.uring.keep-alive=true",
                        "server.uring.receive-buffer-bytes=13KB",
                        "server.uring.send-buffer-bytes=14KB",
                        "server.uring.window-bytes=15KB",
                        "server.uring.send-high-water-bytes=16KB",
                        "server.uring.close-timeout=17s",
                        "server.uring.close-discard-bytes-max=18B")
                .run(
                        context -> {
                            String is = options.get().listen().toString();
                            for (String part :
                                    new String[] {
                                        "backlog=11",
                                        "PT12S",
                                        "LEAST_CONNECTIONS",
                                        "noDelay=false",
                                        "keepAlive=true",
                                        "receiveBufferBytes=13312",
                                        "sendBufferBytes=14336",
                                        "windowBytes=15360",
                                        "sendHighWaterBytes=16384",
                                        "closeTimeout=PT17S",
                                        "closeDiscardBytesMax=18"
                                    }) {
                                assertTrue(is.contains(part), () -> part + " in " + is);
                            }
                        });
    }

    @Test
    void shouldTakeEverythingOfRings() {
        AtomicReference<String> rings = new AtomicReference<>("");
        AtomicReference<RingGroup> group = new AtomicReference<>();
        serving()
                .withBean(
                        RingGroupCustomizer.class,
                        () ->
                                value -> {
                                    rings.set(value.toString());
                                    return value;
                                })
                .withPropertyValues(
                        "server.uring.rings=1",
                        "server.uring.submission-entries=64",
                        "server.uring.completion-entries=256",
                        "server.uring.buffer-count=32",
                        "server.uring.buffer-bytes=4KB",
                        "server.uring.receive-mode=one-shot",
                        "server.uring.receive-bundles=true",
                        "server.uring.profile=network-and-files",
                        "server.uring.fallback=fail",
                        "server.uring.transport=uring")
                .run(
                        context -> {
                            for (String part :
                                    new String[] {
                                        "rings=1", "submissionEntries=64",
                                        "completionEntries=256", "bufferCount=32",
                                        "bufferBytes=4096", "receiveMode=ONE_SHOT",
                                        "receiveBundles=true", "profile=NETWORK_AND_FILES"
                                    }) {
                                assertTrue(rings.get().contains(part), () -> part + rings.get());
                            }
                            assertEquals(TEXT, Client.get(port(context), "/").body());
                            group.set(assertInstanceOf(RingGroup.class, running(context)));
                            assertNotSame(RingGroup.shared(), group.get());
                        });
        assertTrue(group.get().isDisposed(), "ends with the application");
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
    void shouldAskCustomizersAfterProperties() {
        serving()
                .withBean(
                        "later",
                        UringServerCustomizer.class,
                        () -> value -> value.serverHeader("By hand"))
                .withPropertyValues("server.server-header=By property")
                .run(
                        context ->
                                assertEquals(
                                        "By hand",
                                        Client.get(port(context), "/")
                                                .headers()
                                                .firstValue("Server")
                                                .get()));
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
}
