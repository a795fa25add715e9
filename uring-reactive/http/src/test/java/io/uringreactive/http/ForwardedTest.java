// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request's handler takes its client for, behind a proxy. */
class ForwardedTest {
    private static String told(HttpOptions options, String fields) {
        Peer peer =
                new Peer(
                        options,
                        (request, response) ->
                                response.sendText(
                                        request.scheme()
                                                + " "
                                                + request.authority()
                                                + " "
                                                + request.remoteAddress()));
        String answer =
                peer.write(
                                "GET / HTTP/1.1\r\nHost: here\r\n"
                                        + fields.replace("|", "\r\n")
                                        + "\r\n\r\n")
                        .answers();
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }

    private static String believed(String fields) {
        return told(HttpOptions.port(0).forwarded(true), fields);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '\'',
            value = {
                "Forwarded: for=192.0.2.1:99;proto=https;host=a.org # https a.org /192.0.2.1:99",
                "forwarded: Proto=HTTPS; HOST=\"a.org:81\" ;for=\"[2001:db8::1]:7\" #"
                        + " https a.org:81 /[2001:db8:0:0:0:0:0:1]:7",
                "Forwarded: for=192.0.2.1:1;host=a, for=192.0.2.2;host=b # http a /192.0.2.1:1",
                "Forwarded: for=\"_a\\b:5\";host=x # http x _ab/<unresolved>:5",
                "X-Forwarded-For: 192.0.2.7:5, 10.0.0.1|X-Forwarded-Proto: https #"
                        + " https here /192.0.2.7:5",
                "X-Forwarded-For: 192.0.2.7:5|X-Forwarded-Host: a.org|X-Forwarded-Port: 8443 #"
                        + " http a.org:8443 /192.0.2.7:5",
                "X-Forwarded-For: 192.0.2.7:5|X-Forwarded-Port: 81 # http here:81 /192.0.2.7:5",
                "Forwarded: for=192.0.2.1:9|X-Forwarded-Proto: https # http here /192.0.2.1:9"
            })
    void shouldBelieve(String fields, String told) {
        assertEquals(told, believed(fields));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-Proto: javascript|X-Forwarded-Port: 99999",
                "X-Forwarded-Host: a b|X-Forwarded-Proto: ",
                "X-Forwarded-Host: a/b@c",
                "X-Forwarded-Host: a:99999",
                "Forwarded: proto=https;;host",
                "Forwarded: host=\"a",
                "Forwarded: host=\"a/../b\";for=\"\""
            })
    void shouldIgnoreNonsense(String fields) {
        assertEquals(told(HttpOptions.port(0), ""), believed(fields));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "/a # /a",
                "/a/ # /a",
                "/a//, /b # /a/b",
                "/ # null",
                "a # null",
                "/a?b # null",
                "/a b # null",
                "http://a/b # null",
                "/%4g # null"
            })
    void shouldBelieveAPrefix(String prefix, String told) {
        Peer peer =
                new Peer(
                        HttpOptions.port(0).forwarded(true),
                        (request, response) -> response.sendText("" + request.pathPrefix()));
        String answer =
                peer.write("GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-Prefix: " + prefix)
                        .write("\r\n\r\n")
                        .answers();
        assertEquals(told, answer.substring(answer.indexOf("\r\n\r\n") + 4));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Forwarded: for=192.0.2.1;proto=https", "X-Forwarded-Host: a.org"})
    void shouldBelieveNobodyUnlessTold(String fields) {
        assertEquals(told(HttpOptions.port(0), ""), told(HttpOptions.port(0), fields));
    }
}
