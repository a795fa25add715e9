// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A Chromium without a window and with one page, driven through its DevTools protocol. */
final class Browser implements AutoCloseable {
    private static final int SECONDS_MAX = 30;
    private static final Pattern LISTENING =
            Pattern.compile("DevTools listening on ws://([^/]+)/.*");
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Path profile = Files.createTempDirectory("uring-browser");
    private final Process process;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<Integer, CompletableFuture<JsonNode>> calls = new ConcurrentHashMap<>();
    private final AtomicInteger lastCall = new AtomicInteger();
    private final WebSocket page;

    Browser() throws Exception {
        // Its sandbox wants privileges that containers and root do not have; the page is our own.
        process =
                new ProcessBuilder(
                                "chromium",
                                "--headless=new",
                                "--no-sandbox",
                                "--disable-gpu",
                                "--no-first-run",
                                "--remote-debugging-port=0",
                                "--user-data-dir=" + profile,
                                "about:blank")
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        page = http.newWebSocketBuilder().buildAsync(pageAt(devTools()), new Answers()).join();
        // They would be of the pictures' width, and are not of the page's.
        call("Emulation.setScrollbarsHidden", Map.of("hidden", true));
    }

    private String devTools() throws IOException {
        BufferedReader errors = process.errorReader(UTF_8);
        StringBuilder said = new StringBuilder();
        for (String line = errors.readLine(); line != null; line = errors.readLine()) {
            Matcher listening = LISTENING.matcher(line);
            if (listening.matches()) {
                // It goes on complaining, of what a machine without a desktop has not.
                Thread.ofVirtual().start(() -> errors.lines().forEach(ignored -> {}));
                return listening.group(1);
            }
            said.append(line).append('\n');
        }
        throw new AssertionError("chromium did not start: " + said);
    }

    private URI pageAt(String host) throws Exception {
        HttpRequest list = HttpRequest.newBuilder(URI.create("http://" + host + "/json")).build();
        for (JsonNode target : JSON.readTree(http.send(list, BodyHandlers.ofString()).body())) {
            if (target.get("type").asString().equals("page")) {
                return URI.create(target.get("webSocketDebuggerUrl").asString());
            }
        }
        throw new AssertionError("chromium has no page");
    }

    /** Calls a method of the protocol and waits for its result. */
    JsonNode call(String method, Map<String, ?> parameters) throws Exception {
        int id = lastCall.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        calls.put(id, answer);
        String message =
                JSON.writeValueAsString(Map.of("id", id, "method", method, "params", parameters));
        page.sendText(message, true).get(SECONDS_MAX, SECONDS);
        JsonNode result = answer.get(SECONDS_MAX, SECONDS);
        if (result.has("error")) {
            throw new AssertionError(method + ": " + result.get("error"));
        }
        return result.get("result");
    }

    void open(String uri) throws Exception {
        call("Page.navigate", Map.of("url", uri));
    }

    /** The value of an expression in the page, as text; what it throws fails. */
    String evaluate(String script) throws Exception {
        JsonNode result =
                call(
                        "Runtime.evaluate",
                        Map.of("expression", script, "returnByValue", true, "awaitPromise", true));
        if (result.has("exceptionDetails")) {
            throw new AssertionError(script + ": " + result.get("exceptionDetails"));
        }
        JsonNode value = result.get("result").get("value");
        return value == null ? "" : value.asString();
    }

    /** Puts {@code file} into the file input that {@code selector} finds. */
    void choose(String selector, Path file) throws Exception {
        JsonNode root = call("DOM.getDocument", Map.of()).get("root").get("nodeId");
        JsonNode node =
                call("DOM.querySelector", Map.of("nodeId", root.asInt(), "selector", selector));
        call(
                "DOM.setFileInputFiles",
                Map.of(
                        "nodeId",
                        node.get("nodeId").asInt(),
                        "files",
                        new String[] {file.toString()}));
    }

    /** A picture of the page, {@code width} pixels wide, in PNG. */
    byte[] picture(int width, boolean dark) throws Exception {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
        Map<String, String> scheme =
                Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light");
        call("Emulation.setEmulatedMedia", Map.of("features", new Map<?, ?>[] {scheme}));
        JsonNode picture = call("Page.captureScreenshot", Map.of("captureBeyondViewport", true));
        return Base64.getDecoder().decode(picture.get("data").asString());
    }

    @Override
    public void close() throws IOException {
        page.abort();
        // All of them, before their files are deleted.
        List<ProcessHandle> all =
                Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(one -> one.onExit().join());
        http.close();
        FileSystemUtils.deleteRecursively(profile);
    }

    /** Gives each answer to whoever waits for it; events have no number and are left out. */
    private final class Answers implements WebSocket.Listener {
        private final StringBuilder message = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket socket, CharSequence part, boolean last) {
            message.append(part);
            if (last) {
                JsonNode answer = JSON.readTree(message.toString());
                message.setLength(0);
                CompletableFuture<JsonNode> call =
                        answer.has("id") ? calls.remove(answer.get("id").asInt()) : null;
                if (call != null) {
                    call.complete(answer);
                }
            }
            socket.request(1);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            calls.values().forEach(call -> call.completeExceptionally(error));
        }
    }
}
