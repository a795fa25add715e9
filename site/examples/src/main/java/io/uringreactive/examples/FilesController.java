// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.examples;

import java.util.List;
import org.springframework.core.io.Resource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.multipart.FilePartEvent;
import org.springframework.http.codec.multipart.PartEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Signal;

/** Uploads, streamed to disk as they come, and downloads, whole or by range. */
@RestController
@RequestMapping("/files")
class FilesController {
    private final FileStore files;

    FilesController(FileStore files) {
        this.files = files;
    }

    @GetMapping
    Mono<List<String>> names() {
        return files.names();
    }

    /** The body as it is, which may be empty. */
    @PutMapping("/{name}")
    @ResponseStatus(HttpStatus.CREATED)
    Mono<StoredFile> put(
            @PathVariable String name, @RequestBody(required = false) Flux<DataBuffer> content) {
        return files.save(name, content);
    }

    /** The files of a form; its other fields are skipped. */
    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    Flux<StoredFile> post(@RequestBody Flux<PartEvent> events) {
        return events.windowUntil(PartEvent::isLast)
                .concatMap(part -> part.switchOnFirst((first, all) -> save(first, all)))
                .doOnDiscard(PartEvent.class, FilesController::release);
    }

    private Flux<StoredFile> save(Signal<? extends PartEvent> first, Flux<PartEvent> all) {
        return first.get() instanceof FilePartEvent file
                ? files.save(file.filename(), all.map(PartEvent::content)).flux()
                : all.map(FilesController::release).thenMany(Flux.empty());
    }

    private static boolean release(PartEvent event) {
        return DataBufferUtils.release(event.content());
    }

    @GetMapping("/{name}")
    Mono<ResponseEntity<Resource>> get(@PathVariable String name) {
        ContentDisposition attachment = ContentDisposition.attachment().filename(name).build();
        return files.find(name)
                .map(
                        file ->
                                ResponseEntity.ok()
                                        .contentType(MediaType.APPLICATION_OCTET_STREAM)
                                        .header(
                                                HttpHeaders.CONTENT_DISPOSITION,
                                                attachment.toString())
                                        .body(file));
    }
}
