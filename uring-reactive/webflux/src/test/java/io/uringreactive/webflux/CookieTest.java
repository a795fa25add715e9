// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.webflux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseCookie;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;

/** Cookies both ways. */
class CookieTest {
    private static String cookies(String fields) {
        AtomicReference<ServerHttpRequest> seen = new AtomicReference<>();
        new Peer(
                        (request, response) -> {
                            seen.set(request);
                            return Mono.empty();
                        })
                .write("GET / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n");
        return seen.get().getCookies().toString();
    }

    @Test
    void shouldReadCookies() {
        assertEquals("{}", cookies(""));
        assertEquals("{a=[a=b]}", cookies("Cookie: a=b\r\n"));
        assertEquals(
                "{a=[a=b, a=e], c=[c=d]}",
                cookies("Cookie: a=b; c=d\r\nCookie: a=e\r\n"),
                "of several fields, names more than once");
        assertEquals("{a=[a=b], d=[d=]}", cookies("Cookie: a=\"b\"; d=\r\n"));
        assertEquals("{c=[c=d]}", cookies("Cookie: a=b c; c=d\r\n"), "RFC 6265 has no spaces");
    }

    private static List<String> setCookies(ResponseCookie... cookies) {
        Peer peer =
                new Peer(
                        (request, response) -> {
                            for (ResponseCookie cookie : cookies) {
                                response.addCookie(cookie);
                            }
                            return response.setComplete();
                        });
        return peer.write(Peer.GET)
                .answers()
                .lines()
                .filter(line -> line.startsWith("set-cookie: "))
                .map(line -> line.substring("set-cookie: ".length()))
                .toList();
    }

    @Test
    void shouldSendEveryAttribute() {
        ResponseCookie full =
                ResponseCookie.from("a", "b")
                        .domain("example.com")
                        .path("/p")
                        .maxAge(Duration.ofHours(1))
                        .secure(true)
                        .httpOnly(true)
                        .partitioned(true)
                        .sameSite("None")
                        .build();
        List<String> lines = setCookies(full, ResponseCookie.from("c", "d").build());
        String first = lines.getFirst();
        assertTrue(first.startsWith("a=b; "), first);
        for (String attribute :
                List.of(
                        "Domain=example.com",
                        "Path=/p",
                        "Max-Age=3600",
                        "Expires=",
                        "Secure",
                        "HttpOnly",
                        "Partitioned",
                        "SameSite=None")) {
            assertTrue(first.contains("; " + attribute), first);
        }
        assertEquals("c=d", lines.get(1));
        assertEquals(2, lines.size());
    }

    @Test
    void shouldSendSeveralOfOneNameAndOnesThatEnd() {
        List<String> lines =
                setCookies(
                        ResponseCookie.from("a", "1").path("/1").build(),
                        ResponseCookie.from("a", "2").path("/2").build(),
                        ResponseCookie.from("b", "").maxAge(0).build());
        assertEquals(List.of("a=1; Path=/1", "a=2; Path=/2"), lines.subList(0, 2));
        assertTrue(lines.get(2).startsWith("b=; Max-Age=0; "), lines.get(2));
    }
}
