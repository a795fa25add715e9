// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.examples;

import jakarta.validation.Valid;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Notes as a resource. What is refused or absent is answered with a problem detail (RFC 9457). */
@RestController
@RequestMapping("/notes")
class NotesController {
    private final Notes notes;

    NotesController(Notes notes) {
        this.notes = notes;
    }

    /** As a JSON array, or a note a line for those who accept {@code application/x-ndjson}. */
    @GetMapping
    Flux<Note> all() {
        return Flux.fromIterable(notes.all());
    }

    @GetMapping("/{id}")
    Mono<Note> one(@PathVariable long id) {
        return Mono.justOrEmpty(notes.find(id)).switchIfEmpty(absent(id));
    }

    @PostMapping
    Mono<ResponseEntity<Note>> add(
            @Valid @RequestBody Mono<NoteDraft> draft, UriComponentsBuilder uri) {
        return draft.map(notes::add)
                .map(
                        note ->
                                ResponseEntity.created(uri.path("/notes/{id}").build(note.id()))
                                        .body(note));
    }

    @PutMapping("/{id}")
    Mono<Note> replace(@PathVariable long id, @Valid @RequestBody Mono<NoteDraft> draft) {
        return draft.flatMap(valid -> Mono.justOrEmpty(notes.replace(id, valid)))
                .switchIfEmpty(absent(id));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> remove(@PathVariable long id) {
        return notes.remove(id) ? Mono.empty() : absent(id);
    }

    private static <T> Mono<T> absent(long id) {
        return Mono.error(() -> new NotFound("note " + id));
    }
}
