// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.webflux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.http.HttpOptions;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;

/** The URI that Spring sees, for what a client sends. */
class UriTest {
    private final AtomicReference<@Nullable ServerHttpRequest> seen = new AtomicReference<>();
    private final HttpHandler handler =
            (request, response) -> {
                seen.set(request);
                return Mono.empty();
            };

    private ServerHttpRequest seen() {
        return Objects.requireNonNull(seen.get());
    }

    private String request(String requestLine, String fields) {
        return new Peer(handler).write(requestLine + "\r\n" + fields + "\r\n").answers();
    }

    @ParameterizedTest
    @CsvSource({
        "/, a, http://a/, /",
        "/a/b?c=d&e, a:8080, http://a:8080/a/b?c=d&e, /a/b",
        "/a, a:80, http://a/a, /a",
        "/a, a:443, http://a:443/a, /a",
        "/a, a:, , ",
        "/a, a:8080:, , ",
        "/%C3%A9%2f?q=%20, a, http://a/%C3%A9%2f?q=%20, /%C3%A9%2f",
        "//a//b, a, http://a//a//b, //a//b",
        "//evil.example/x, a, http://a//evil.example/x, //evil.example/x",
        "/http://b/c, a, http://a/http://b/c, /http://b/c",
        "/a?b=http://c, a, http://a/a?b=http://c, /a",
        "/?, a, http://a/?, /",
        "/?x[]=1, a, http://a/?x[]=1, /",
        "http://a/b?c, a, http://a/b?c, /b",
        "http://a:8080/b, a:8080, http://a:8080/b, /b",
        "http://a, a, http://a/, /",
        "http://a?b, a, http://a/?b, /",
        "/a, [::1], http://[::1]/a, /a",
        "/a, [::1]:8080, http://[::1]:8080/a, /a",
        "/a, [::1]:80, http://[::1]/a, /a",
        "/a, 127.0.0.1:8080, http://127.0.0.1:8080/a, /a",
        "/a, under_score, http://under_score/a, /a",
        "/a, x%41, http://x%41/a, /a",
        "/a, 'x!$&(),;=', 'http://x!$&(),;=/a', /a",
        "/a;b=c/d, a, http://a/a;b=c/d, /a;b=c/d",
    })
    void shouldSeeWhatWasSent(String target, String host, String uri, String path) {
        String answer = request("GET " + target + " HTTP/1.1", "Host: " + host + "\r\n");
        if (uri == null) {
            assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
            return;
        }
        assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
        assertEquals(uri, seen().getURI().toString());
        assertEquals(path, seen().getURI().getRawPath());
        assertEquals(path, seen().getPath().value());
    }

    @Test
    void shouldGiveTheAsteriskAPath() {
        request("OPTIONS * HTTP/1.1", "Host: a\r\n");
        assertEquals(URI.create("http://a/*"), seen().getURI());
    }

    @Test
    void shouldTakeItsOwnAddressForAMissingHost() {
        String answer = request("GET /a HTTP/1.0", "");
        assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
        InetSocketAddress local = Objects.requireNonNull(seen().getLocalAddress());
        assertEquals(local.getHostString(), seen().getURI().getHost());
        assertEquals(local.getPort(), seen().getURI().getPort());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1:2:3]", "[::::]", "[:::1]", "[1::2::3]"})
    void shouldRefuseWhatIsNoUriWithoutCallingTheHandler(String host) {
        String answer = request("GET / HTTP/1.1", "Host: " + host + "\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
        assertNull(seen.get());
    }

    @ParameterizedTest
    @CsvSource({
        "/b?c, https://x.org/a/b?c, /a/b, /b",
        "/, https://x.org/a/, /a/, /",
        "//b, https://x.org/a//b, /a//b, //b",
    })
    void shouldSeeWhatTheProxysClientSent(String target, String uri, String path, String within) {
        new Peer(HttpOptions.port(0).forwarded(true), handler)
                .write("GET " + target + " HTTP/1.1\r\nHost: a\r\nX-Forwarded-Proto: https\r\n")
                .write("X-Forwarded-Host: x.org\r\nX-Forwarded-Prefix: /a/\r\n\r\n");
        assertEquals(uri, seen().getURI().toString());
        assertEquals(path, seen().getPath().value());
        assertEquals("/a", seen().getPath().contextPath().value());
        assertEquals(within, seen().getPath().pathWithinApplication().value());
    }

    @Test
    void shouldDecodeQueryParameters() {
        request("GET /?a=1&b=%20x&a=2&c HTTP/1.1", "Host: a\r\n");
        assertEquals("{a=[1, 2], b=[ x], c=[null]}", seen().getQueryParams().toString());
    }

    /** It is parsed late, where a failure would be the handler's: there must be none. */
    @Test
    void shouldHaveAUriForEveryTargetThatIsLetThrough() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        int through = 0;
        for (int i = 0; i < 2_000; i++) {
            StringBuilder target = new StringBuilder("/");
            for (int j = random.nextInt(12); j > 0; j--) {
                target.append((char) ('!' + random.nextInt('~' - '!' + 1)));
            }
            seen.set(null);
            request("GET " + target + " HTTP/1.1", "Host: a\r\n");
            if (seen.get() != null) {
                through++;
                assertTrue(
                        seen().getURI().toString().endsWith(target.toString()),
                        () -> target + ", seed " + seed);
            }
        }
        assertFalse(through < 100, "seed " + seed);
    }

    @ParameterizedTest
    @CsvSource({
        "a b, a%20b",
        "ä, %C3%A4",
        "a%2gb, a%252gb",
        "a%20b, a%20b",
        "'[::1]:80', '[::1]:80'",
        "a<b>:8080, a%3Cb%3E:8080",
    })
    void shouldEscapeWhatAHostMustNotHave(String host, String escaped) {
        assertEquals(escaped, Authority.escaped(host));
    }

    @ParameterizedTest
    @CsvSource({"fe80::1%eth0, [fe80::1]:80", "::1, [::1]:80", "127.0.0.1, 127.0.0.1:80"})
    void shouldNameAnAddress(String address, String authority) {
        assertEquals(authority, Authority.of(InetSocketAddress.createUnresolved(address, 80)));
    }
}
