// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code uring serve echo} in a JVM of its own, once it is ready; closing it ends it. */
final class ServerProcess implements AutoCloseable {
    private static final int SECONDS_MAX = 30;
    private static final Pattern READY =
            Pattern.compile("ready: echo on 127\\.0\\.0\\.1:(\\d+) .*");

    private final Process process;

    /** What it said, the line "ready" being the last. */
    private final List<String> lines = new ArrayList<>();

    private final int port;

    private ServerProcess(Process process) throws IOException {
        this.process = process;
        this.port = awaitReady(process.inputReader(UTF_8));
    }

    /** Fails with all that the server has said if it ends before it is ready. */
    static ServerProcess start(List<String> prefix, List<String> jvm, String... options)
            throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("serve", "echo", "--host", "127.0.0.1", "--port", "0"));
        arguments.addAll(List.of("--rings", "1"));
        arguments.addAll(List.of(options));
        return new ServerProcess(run(prefix, jvm, arguments));
    }

    /** The command line with {@code arguments}, started by {@code prefix}. */
    static Process run(List<String> prefix, List<String> jvm, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx256m"));
        command.addAll(jvm);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(Main.class.getName());
        command.addAll(arguments);
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private int awaitReady(BufferedReader output) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            lines.add(line);
            Matcher ready = READY.matcher(line);
            if (ready.matches()) {
                return Integer.parseInt(ready.group(1));
            }
        }
        throw new AssertionError("no line \"ready\": " + lines);
    }

    String ready() {
        return lines.getLast();
    }

    /** What it said before it was ready, as one text. */
    String before() {
        return String.join("\n", lines.subList(0, lines.size() - 1));
    }

    String echo(String text) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(SECONDS_MAX));
            socket.getOutputStream().write(text.getBytes(UTF_8));
            return new String(socket.getInputStream().readNBytes(text.length()), UTF_8);
        }
    }

    /** Waits for the end; returns the exit status. */
    static int end(Process process) throws InterruptedException {
        if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("no end after " + SECONDS_MAX + " s");
        }
        return process.exitValue();
    }

    /** By SIGTERM, which it must obey. */
    @Override
    public void close() {
        process.destroy();
        try {
            assertEquals(143, end(process));
            process.inputReader(UTF_8).close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
