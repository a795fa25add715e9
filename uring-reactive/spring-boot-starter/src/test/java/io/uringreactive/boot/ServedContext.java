// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.boot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.uringreactive.Transport;
import io.uringreactive.boot.autoconfigure.UringReactiveWebServerAutoConfiguration;
import io.uringreactive.http.HttpOptions;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableReactiveWebApplicationContext;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.web.server.reactive.context.AnnotationConfigReactiveWebServerApplicationContext;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;

/** Contexts with this server and a handler of their own; nothing else of an application. */
abstract class ServedContext {
    static final String TEXT = "all work and no play ".repeat(500);

    final AtomicReference<HttpOptions> options = new AtomicReference<>();

    final ReactiveWebApplicationContextRunner runner =
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

    ReactiveWebApplicationContextRunner serving() {
        return runner.withBean(HttpHandler.class, ServedContext::handler);
    }

    static int port(AssertableReactiveWebApplicationContext context) {
        WebServerApplicationContext source =
                (WebServerApplicationContext) context.getSourceApplicationContext();
        return requireNonNull(source.getWebServer()).getPort();
    }

    static Transport running(AssertableReactiveWebApplicationContext context) {
        return requireNonNull(context.getBean(ServerTransport.class).running());
    }
}
