// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

class NotesTest extends OnEachServer {
    private ResponseSpec post(String json) {
        return client().post()
                .uri("/notes")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(json)
                .exchange();
    }

    private URI add(String title) {
        URI location =
                post("{\"title\": \"%s\", \"text\": \"text of %s\"}".formatted(title, title))
                        .expectStatus()
                        .isCreated()
                        .returnResult(Note.class)
                        .getResponseHeaders()
                        .getLocation();
        assertNotNull(location);
        return location;
    }

    @Test
    void shouldAddChangeAndRemoveANote() {
        URI location = add("first");
        assertTrue(location.toString().startsWith(example().uri("/notes/")), location.toString());
        client().get().uri(location).exchange().expectBody().jsonPath("$.title").isEqualTo("first");
        client().put()
                .uri(location)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"title\": \"second\", \"text\": \"ä€😀\"}")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.text")
                .isEqualTo("ä€😀");
        client().delete().uri(location).exchange().expectStatus().isNoContent();
        client().get().uri("/notes").exchange().expectBody().json("[]");
    }

    @Test
    void shouldListNotesAsAnArrayAndAsLines() {
        add("one");
        add("two");
        client().get()
                .uri("/notes")
                .exchange()
                .expectBody()
                .jsonPath("$[1].title")
                .isEqualTo("two");
        List<Note> lines =
                client().get()
                        .uri("/notes")
                        .accept(MediaType.APPLICATION_NDJSON)
                        .exchange()
                        .expectHeader()
                        .contentTypeCompatibleWith(MediaType.APPLICATION_NDJSON)
                        .expectBodyList(Note.class)
                        .returnResult()
                        .getResponseBody();
        assertNotNull(lines);
        assertEquals(List.of("one", "two"), lines.stream().map(Note::title).toList());
    }

    @Test
    void shouldRefuseWhatIsNotValidWithAProblem() {
        expectProblem(post("{\"title\": \" \", \"text\": \"\"}"), HttpStatus.BAD_REQUEST);
        expectProblem(
                post("{\"title\": \"" + "x".repeat(81) + "\", \"text\": \"\"}"),
                HttpStatus.BAD_REQUEST);
        expectProblem(post("{\"title\": \"no text\"}"), HttpStatus.BAD_REQUEST);
        expectProblem(post("{\"title\": "), HttpStatus.BAD_REQUEST);
        client().get().uri("/notes").exchange().expectBody().json("[]");
    }

    @Test
    void shouldSayWhatThereIsNot() {
        expectProblem(client().get().uri("/notes/0").exchange(), HttpStatus.NOT_FOUND);
        expectProblem(client().delete().uri("/notes/0").exchange(), HttpStatus.NOT_FOUND);
        expectProblem(client().get().uri("/nothing").exchange(), HttpStatus.NOT_FOUND);
        expectProblem(client().patch().uri("/notes").exchange(), HttpStatus.METHOD_NOT_ALLOWED);
        client().get()
                .uri("/notes/0")
                .exchange()
                .expectBody()
                .jsonPath("$.detail")
                .isEqualTo("There is no note 0.");
    }

    private static void expectProblem(ResponseSpec response, HttpStatus status) {
        response.expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo(status.value());
    }
}
