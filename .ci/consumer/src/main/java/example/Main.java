// SPDX-License-Identifier: Apache-2.0
package example;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** Runs every echo server that the README shows, and talks to it as any client does. */
public final class Main {
    private static final String TEXT = "hello from outside";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Main() {}

    /** Fails if the server of {@code args[0]} does not echo; the README's servers never end. */
    public static void main(String[] args) throws IOException {
        for (Map.Entry<String, Runnable> example : Readme.servers().entrySet()) {
            if (example.getKey().equals(args[0])) {
                Thread.ofPlatform().daemon().start(example.getValue());
                String answer = talk();
                if (!answer.equals(TEXT)) {
                    throw new AssertionError(example.getKey() + " answered: " + answer);
                }
                System.out.println(
                        example.getKey()
                                + " echoes, "
                                + (Main.class.getModule().isNamed() ? "as a module" : "on the class path"));
                return;
            }
        }
        throw new IllegalArgumentException("no such server: " + args[0]);
    }

    private static String talk() throws IOException {
        try (Socket socket = connect()) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream().write(TEXT.getBytes(StandardCharsets.UTF_8));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The server starts meanwhile: refused connections are tried again. */
    private static Socket connect() throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        InetSocketAddress address =
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Readme.PORT);
        while (true) {
            Socket socket = new Socket();
            try {
                socket.connect(address, (int) PATIENCE.toMillis());
                return socket;
            } catch (IOException e) {
                socket.close();
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                Thread.onSpinWait();
            }
        }
    }
}
