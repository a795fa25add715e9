// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.guide;

// #region application
import java.time.Duration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@SpringBootApplication
@RestController
class WebFluxApplication {
    static void main(String[] arguments) {
        SpringApplication.run(WebFluxApplication.class, arguments);
    }

    @GetMapping("/hello")
    Mono<String> hello(@RequestParam(defaultValue = "World") String name) {
        return Mono.just("Hello, " + name);
    }

    @GetMapping(path = "/ticks", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<Long> ticks() {
        return Flux.interval(Duration.ofSeconds(1));
    }
}
// #endregion application
