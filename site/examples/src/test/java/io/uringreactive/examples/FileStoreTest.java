// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.examples;

import static io.uringreactive.examples.RunningExample.AWAIT;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** What becomes of the file and of the buffers, whichever way an upload ends. */
class FileStoreTest {
    private static final NettyDataBufferFactory FACTORY =
            new NettyDataBufferFactory(PooledByteBufAllocator.DEFAULT);

    @TempDir Path parent;

    private final Queue<NettyDataBuffer> buffers = new ConcurrentLinkedQueue<>();
    private final Queue<Throwable> dropped = new ConcurrentLinkedQueue<>();
    private Path folder;
    private FileStore store;

    @BeforeEach
    void open() throws IOException {
        folder = parent.resolve("files");
        store = new FileStore(new FilesProperties(folder));
        Hooks.onErrorDropped(dropped::add);
    }

    @AfterEach
    void shouldHaveReleasedEveryBufferAndDroppedNoError() {
        await().atMost(AWAIT).until(() -> buffers.stream().allMatch(this::isReleased));
        Hooks.resetOnErrorDropped();
        assertEquals(List.of(), List.copyOf(dropped));
    }

    private boolean isReleased(NettyDataBuffer buffer) {
        return buffer.getNativeBuffer().refCnt() == 0;
    }

    private DataBuffer buffer(String text) {
        NettyDataBuffer buffer = FACTORY.allocateBuffer(text.length());
        buffer.write(text.getBytes(US_ASCII));
        buffers.add(buffer);
        return buffer;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    @Test
    void shouldWriteInOrderAndReplace() throws IOException {
        Files.createDirectories(folder);
        Path file = Files.writeString(folder.resolve("a"), "before");
        StepVerifier.create(store.save("a", Flux.range(10, 90).map(i -> buffer(i + ","))))
                .assertNext(stored -> assertEquals(270, stored.bytes()))
                .expectComplete()
                .verify(AWAIT);
        StringBuilder expected = new StringBuilder();
        for (int i = 10; i < 100; i++) {
            expected.append(i).append(',');
        }
        assertEquals(expected.toString(), Files.readString(file));
        assertEquals(List.of(file), files());
    }

    @Test
    void shouldRemoveTheFileWhenTheContentFails() throws IOException {
        IOException failure = new IOException("the client is gone");
        StepVerifier.create(
                        store.save(
                                "a",
                                Flux.range(0, 10)
                                        .map(i -> buffer("x"))
                                        .concatWith(Flux.error(failure))))
                .expectErrorMatches(failure::equals)
                .verify(AWAIT);
        assertEquals(List.of(), files());
    }

    @Test
    void shouldFailWhenTheDiskDoes() throws IOException {
        Files.delete(folder);
        StepVerifier.create(store.save("a", Flux.range(0, 10).map(i -> buffer("x"))))
                .expectError(UncheckedIOException.class)
                .verify(AWAIT);
    }

    @Test
    void shouldRemoveTheFileWhenItIsCancelledBetweenBuffers() throws IOException {
        Sinks.Many<DataBuffer> content = Sinks.many().unicast().onBackpressureBuffer();
        Disposable upload = store.save("a", content.asFlux()).subscribe();
        content.tryEmitNext(buffer("x")).orThrow();
        await().atMost(AWAIT).until(() -> !files().isEmpty());
        upload.dispose();
        await().atMost(AWAIT).until(() -> files().isEmpty());
    }

    /** Wherever the cancellation meets it: before the file, while it is made, between writes. */
    @Test
    void shouldLeaveNothingWheneverItIsCancelled() throws IOException {
        String kilobyte = "x".repeat(1024);
        for (int round = 0; round < 500; round++) {
            int last = round % 40;
            Sinks.Empty<Void> gone = Sinks.empty();
            Flux<DataBuffer> content =
                    Flux.range(0, 1000)
                            .hide()
                            .doOnNext(
                                    i -> {
                                        if (i == last) {
                                            gone.tryEmitEmpty();
                                        }
                                    })
                            .map(i -> buffer(kilobyte))
                            .subscribeOn(Schedulers.parallel());
            StepVerifier.create(store.save("a", content).takeUntilOther(gone.asMono()))
                    .expectComplete()
                    .verify(AWAIT);
        }
        await().atMost(AWAIT).until(() -> files().isEmpty());
    }
}
