// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
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

    private static final String UNFINISHED = ".upload-";

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

    /** Replaces a file of that name. Takes over the buffers of {@code content}. */
    Mono<StoredFile> save(String name, Flux<DataBuffer> content) {
        Path target = path(name);
        return Mono.usingWhen(
                blocking(() -> Files.createTempFile(folder, UNFINISHED, "")),
                unfinished -> {
                    Digest digest = new Digest();
                    return DataBufferUtils.write(content.doOnNext(digest::update), unfinished)
                            .then(blocking(() -> move(unfinished, target)))
                            .then(Mono.fromSupplier(() -> digest.of(name)));
                },
                FileStore::remove,
                (unfinished, error) -> remove(unfinished),
                FileStore::remove);
    }

    private static Path move(Path unfinished, Path target) throws IOException {
        return Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Mono<Boolean> remove(Path unfinished) {
        return blocking(() -> Files.deleteIfExists(unfinished));
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

    private static <T> Mono<T> blocking(Callable<T> work) {
        return Mono.fromCallable(work)
                .onErrorMap(IOException.class, UncheckedIOException::new)
                .subscribeOn(Schedulers.boundedElastic());
    }
}
