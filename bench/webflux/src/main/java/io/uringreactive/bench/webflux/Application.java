// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.webflux;

import java.util.List;
import java.util.stream.IntStream;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.config.EnableWebFlux;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;

/** The application: a text, and JSON that Jackson writes. */
@Configuration
@EnableWebFlux
class Application {
    record Item(int id, String name, boolean done) {}

    @RestController
    static final class Greetings {
        /** About 16 KiB as JSON. */
        private static final List<Item> ITEMS =
                IntStream.range(0, 330)
                        .mapToObj(i -> new Item(1_000_000 + i, "0123456789abcd", i % 2 == 0))
                        .toList();

        @GetMapping("/")
        Mono<String> hello() {
            return Mono.just("Hello, World!");
        }

        @GetMapping("/json/small")
        Item small() {
            return ITEMS.getFirst();
        }

        @GetMapping("/json")
        List<Item> json() {
            return ITEMS;
        }
    }

    static HttpHandler handler() {
        var context = new AnnotationConfigApplicationContext(Application.class, Greetings.class);
        return WebHttpHandlerBuilder.applicationContext(context).build();
    }
}
