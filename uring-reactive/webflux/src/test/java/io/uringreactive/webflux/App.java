// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.webflux;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.http.codec.multipart.FilePart;
import org.springframework.http.codec.multipart.Part;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.config.EnableWebFlux;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A WebFlux application with a bit of everything. */
@EnableWebFlux
@RestController
class App {
    record Item(int number, String text) {}

    /** The file that {@code /file} sends. */
    volatile Path file = Path.of("");

    /** Items of {@code /endless}, and whether somebody has stopped it. */
    final AtomicLong produced = new AtomicLong();

    final Semaphore endlessCancelled = new Semaphore(0);

    /** Of {@code /wait}. */
    final Semaphore waiting = new Semaphore(0);

    final Semaphore waitCancelled = new Semaphore(0);

    private final AnnotationConfigApplicationContext context =
            new AnnotationConfigApplicationContext();

    /** Of this very object, whose counters the test reads. */
    HttpHandler start() {
        context.registerBean("app", App.class, () -> this);
        context.refresh();
        return WebHttpHandlerBuilder.applicationContext(context).build();
    }

    void stop() {
        context.close();
    }

    @GetMapping("/hello/{name}")
    String hello(
            @PathVariable("name") String name,
            @RequestParam(name = "end", defaultValue = "!") String end) {
        return "hello " + name + end;
    }

    @GetMapping("/blocking")
    Mono<String> blocking() {
        return Mono.fromCallable(() -> Thread.currentThread().getName())
                .subscribeOn(Schedulers.boundedElastic());
    }

    @PostMapping("/echo")
    Flux<DataBuffer> echo(@RequestBody Flux<DataBuffer> body) {
        return body;
    }

    @PostMapping("/json")
    Mono<Item> json(@RequestBody Mono<Item> item) {
        return item.map(given -> new Item(given.number() + 1, given.text()));
    }

    @PostMapping("/unread")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void unread() {
        // Neither a body taken nor one sent.
    }

    @PostMapping("/parts")
    Mono<String> parts(@RequestBody Flux<Part> parts) {
        return parts.concatMap(
                        part ->
                                part.content()
                                        .reduce(
                                                0L,
                                                (size, buffer) -> {
                                                    long more = buffer.readableByteCount();
                                                    DataBufferUtils.release(buffer);
                                                    return size + more;
                                                })
                                        .map(size -> part.name() + kind(part) + "=" + size))
                .collectList()
                .map(list -> String.join(",", list));
    }

    private static String kind(Part part) {
        return part instanceof FilePart named ? "(" + named.filename() + ")" : "";
    }

    @GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<ServerSentEvent<Item>> events() {
        return Flux.range(1, 3)
                .map(i -> ServerSentEvent.builder(new Item(i, "a")).id("" + i).build())
                .concatWith(Flux.never());
    }

    @GetMapping(path = "/endless", produces = MediaType.APPLICATION_NDJSON_VALUE)
    Flux<Item> endless() {
        String text = "x".repeat(4000);
        return Flux.<Item>generate(
                        sink -> sink.next(new Item((int) produced.incrementAndGet(), text)))
                .doOnCancel(endlessCancelled::release);
    }

    @GetMapping(path = "/ticks", produces = MediaType.APPLICATION_NDJSON_VALUE)
    Flux<Map<String, Long>> ticks() {
        return Flux.just(0L, 1L, 2L)
                .delayElements(Duration.ofMillis(5))
                .map(tick -> Map.of("tick", tick));
    }

    @GetMapping("/file")
    Resource file() {
        return new FileSystemResource(file);
    }

    @GetMapping("/list")
    Flux<Item> list() {
        return Flux.fromIterable(List.of(new Item(1, "a"), new Item(2, "b")));
    }

    @GetMapping("/fails")
    Mono<String> fails() {
        return Mono.error(new IllegalStateException("expected by the test"));
    }

    @GetMapping(path = "/breaks", produces = MediaType.APPLICATION_NDJSON_VALUE)
    Flux<Item> breaks() {
        return Flux.concat(
                Mono.just(new Item(1, "a")),
                Mono.error(new IllegalStateException("expected by the test")));
    }

    @GetMapping("/wait")
    Mono<String> waits() {
        return Mono.<String>never()
                .doOnSubscribe(subscription -> waiting.release())
                .doOnCancel(waitCancelled::release);
    }

    @GetMapping("/none")
    ResponseEntity<Void> none() {
        return ResponseEntity.noContent().header("x-a", "1").build();
    }
}
