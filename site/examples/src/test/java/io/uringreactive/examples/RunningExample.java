// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerApplicationContext;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.util.FileSystemUtils;

/** The application on a server, with a free port and an empty folder of its own. */
final class RunningExample implements AutoCloseable {
    static final Duration AWAIT = Duration.ofSeconds(20);

    private final Path folder;
    private final ReactiveWebServerApplicationContext context;

    private RunningExample(Path folder, ReactiveWebServerApplicationContext context) {
        this.folder = folder;
        this.context = context;
    }

    static RunningExample on(Server server) {
        Path folder;
        try {
            folder = Files.createTempDirectory("uring-examples");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new RunningExample(
                folder,
                (ReactiveWebServerApplicationContext)
                        new SpringApplicationBuilder(ExampleApplication.class)
                                .run(
                                        "--example.server=" + server.value(),
                                        "--example.files.folder=" + folder,
                                        "--server.address=127.0.0.1",
                                        "--server.port=0",
                                        // Tests leave streams open, which would be waited for.
                                        "--server.shutdown=immediate",
                                        "--spring.main.banner-mode=off"));
    }

    ReactiveWebServerApplicationContext context() {
        return context;
    }

    int port() {
        return Objects.requireNonNull(context.getWebServer()).getPort();
    }

    String uri(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    /** On the JDK's own client, which has no code in common with either server. */
    WebTestClient client() {
        return WebTestClient.bindToServer(new JdkClientHttpConnector())
                .baseUrl(uri(""))
                .responseTimeout(AWAIT)
                .build();
    }

    Path folder() {
        return folder;
    }

    /** Everything in the folder, unfinished uploads too. */
    List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    /** Removes what tests have left. */
    void empty() throws IOException {
        Notes notes = context.getBean(Notes.class);
        notes.all().forEach(note -> notes.remove(note.id()));
        for (Path file : files()) {
            Files.delete(file);
        }
    }

    @Override
    public void close() throws IOException {
        context.close();
        FileSystemUtils.deleteRecursively(folder);
    }
}
