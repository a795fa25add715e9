// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test.contract;

import io.uringreactive.Connection;
import io.uringreactive.Listener;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An echo on the transport of a contract, in a JVM of its own with few descriptors. */
final class LimitedServer implements AutoCloseable {
    private static final int FAREWELL_SECONDS = 10;

    private static final String PORT = "port ";

    private final Process process;
    private final int port;

    private LimitedServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Of the transport that {@code contract} opens. */
    static LimitedServer start(Class<?> contract, int filesMax) throws IOException {
        List<String> command =
                List.of(
                        "sh",
                        "-c",
                        "ulimit -n " + filesMax + " && exec \"$0\" \"$@\"",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LimitedServer.class.getName(),
                        contract.getName());
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        String line = output.readLine();
        // What is logged may come on the same stream.
        while (line != null && !line.startsWith(PORT)) {
            line = output.readLine();
        }
        if (line == null) {
            throw new AssertionError("the server has ended: " + process);
        }
        return new LimitedServer(process, Integer.parseInt(line.substring(PORT.length())));
    }

    int port() {
        return port;
    }

    /** It ends when its input does. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(FAREWELL_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("the server did not end");
            }
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            process.destroyForcibly();
        }
    }

    /** The argument is the class of a contract. */
    public static void main(String[] arguments) throws Exception {
        var constructor = Class.forName(arguments[0]).getDeclaredConstructor();
        constructor.setAccessible(true);
        Contract contract = (Contract) constructor.newInstance();
        try (Stage stage = new Stage(contract.open())) {
            Listener listener = stage.listen();
            Probe<Void> serving = stage.serve(listener, conn -> conn.send(conn.receive()));
            warmUp(stage, listener);
            System.out.println(PORT + listener.address().getPort());
            while (System.in.read() >= 0) {
                // Only the end matters.
            }
            serving.cancel();
        }
    }

    /** Loads what serving needs: here each class is a file, and there may be none to open later. */
    private static void warmUp(Stage stage, Listener listener) {
        for (int i = 0; i < 2; i++) {
            Connection client = stage.connect(listener.address());
            Bytes echo = stage.text(client);
            stage.done(client.sendText("x"));
            stage.await("an echo", () -> echo.bytes() == 1);
            if (i == 0) {
                client.dispose();
            }
            stage.done(client.close());
        }
    }
}
