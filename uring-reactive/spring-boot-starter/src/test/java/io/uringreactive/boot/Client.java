// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.boot;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/** A client that knows nothing of Spring. */
final class Client {
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    static HttpResponse<String> get(int port, String path, String... fields)
            throws IOException, InterruptedException {
        return HTTP.send(request(port, path, b -> with(b, fields)), BodyHandlers.ofString());
    }

    static HttpResponse<byte[]> bytes(int port, String path, String... fields)
            throws IOException, InterruptedException {
        return HTTP.send(request(port, path, b -> with(b, fields)), BodyHandlers.ofByteArray());
    }

    static CompletableFuture<HttpResponse<String>> begin(int port, String path) {
        return HTTP.sendAsync(request(port, path, b -> b), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder with(HttpRequest.Builder request, String... fields) {
        return fields.length == 0 ? request : request.headers(fields);
    }

    private static HttpRequest request(
            int port, String path, UnaryOperator<HttpRequest.Builder> change) {
        URI uri = URI.create("http://localhost:" + port + path);
        return change.apply(HttpRequest.newBuilder(uri).timeout(PATIENCE)).build();
    }

    private Client() {}
}
