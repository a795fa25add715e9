// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Uploaded files in a folder. An upload is written under a name of its own and becomes the file
 * when it is complete; one that fails or whose client leaves is gone. File systems block, so what
 * touches the folder runs on the bounded elastic scheduler.
 */
@Component
class FileStore {
    /** No path, and no hidden file. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._ ()-]{0,99}");

    /** Read while one is written. */
    private static final int BUFFERS_AHEAD = 4;

    private final Path folder;

    FileStore(FilesProperties properties) throws IOException {
        folder = Files.createDirectories(properties.folder());
    }

    /** The names of all files, sorted. */
    Mono<List<String>> names() {
        return blocking(
                () -> {
                    try (Stream<Path> files = Files.list(folder)) {
                        return files.map(file -> file.getFileName().toString())
                                .filter(name -> NAME.matcher(name).matches())
                                .sorted()
                                .toList();
                    }
                });
    }

    /**
     * Replaces a file of that name. Emits it once it is there, or the error of {@code content} or
     * of the disk; after an error or a cancellation nothing is left of it, but for another file
     * that had the name before. Takes over the buffers of {@code content} and writes them in their
     * order.
     */
    Mono<StoredFile> save(String name, Flux<DataBuffer> content) {
        Path target = path(name);
        return Mono.usingWhen(
                Mono.fromSupplier(() -> new Upload(folder)),
                upload ->
                        content.map(upload::take)
                                .publishOn(Schedulers.boundedElastic(), BUFFERS_AHEAD)
                                .map(Upload::writeNext)
                                .then(blocking(() -> upload.complete(target))),
                FileStore::end,
                (upload, error) -> end(upload),
                FileStore::end);
    }

    private static Mono<Void> end(Upload upload) {
        return blocking(
                () -> {
                    upload.end();
                    return null;
                });
    }

    Mono<Resource> find(String name) {
        Path file = path(name);
        return blocking(() -> Files.isRegularFile(file))
                .filter(exists -> exists)
                .<Resource>map(exists -> new FileSystemResource(file))
                .switchIfEmpty(Mono.error(() -> new NotFound("file " + name)));
    }

    private Path path(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new ResponseStatusException(
                    HttpStatus.BAD_REQUEST, "A file's name has letters, digits and . _ - ( ).");
        }
        return folder.resolve(name);
    }

    private static <T> Mono<T> blocking(Callable<? extends @Nullable T> work) {
        return Mono.<T>fromCallable(work)
                .onErrorMap(IOException.class, UncheckedIOException::new)
                .subscribeOn(Schedulers.boundedElastic());
    }
}
