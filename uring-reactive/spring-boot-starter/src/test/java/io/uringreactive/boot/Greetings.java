// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.boot;

import java.time.Duration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** An application with something of everything that the tests ask for. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@RestController
class Greetings {
    @GetMapping("/hello")
    Mono<String> hello(@RequestParam(defaultValue = "World") String name) {
        return Mono.just("Hello, " + name);
    }

    @PostMapping("/echo")
    Mono<String> echo(@RequestBody String body) {
        return Mono.just(body);
    }

    @GetMapping("/long")
    String text() {
        return "all work and no play ".repeat(500);
    }

    /** A response that takes a while from its first byte to its last. */
    @GetMapping("/pieces")
    Flux<String> pieces() {
        return Flux.range(0, 100)
                .delayElements(Duration.ofMillis(10))
                .map(number -> "piece " + number);
    }

    /** What the application takes the client and itself for. */
    @GetMapping("/who")
    String who(ServerHttpRequest request) {
        return request.getURI() + " for " + request.getRemoteAddress();
    }

    @GetMapping("/slow")
    Mono<String> slow(@RequestParam long millis) {
        return Mono.delay(Duration.ofMillis(millis)).thenReturn("at last");
    }
}
