// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * Answers each request to {@code GET /} with the second argument, or echoes if there is none; a
 * thread for each connection. With a third argument it allocates that many bytes for each request.
 * With "wrong" as a fourth one its 1000th reply is a lie.
 */
public final class TinyServer {
    /** Read by nobody but another thread could: or the allocation would be compiled away. */
    static volatile byte[] garbage = {};

    public static void main(String[] args) throws IOException {
        try (ServerSocket server =
                new ServerSocket(
                        Integer.parseInt(args[0]), 100, InetAddress.getLoopbackAddress())) {
            System.out.println("ready: tiny on port " + server.getLocalPort());
            while (true) {
                Socket socket = server.accept();
                Thread.ofPlatform().daemon().start(() -> serve(socket, args));
            }
        }
    }

    private static void serve(Socket socket, String[] args) {
        try (socket) {
            socket.setTcpNoDelay(true);
            if (args.length == 1) {
                socket.getInputStream().transferTo(socket.getOutputStream());
            } else {
                answer(socket.getInputStream(), socket.getOutputStream(), args);
            }
        } catch (IOException e) {
            // The client is gone, as it may be.
        }
    }

    private static void answer(InputStream in, OutputStream out, String[] args) throws IOException {
        String body = args[1];
        byte[] reply = reply(body);
        byte[] wrong = reply("?".repeat(body.length()));
        int allocated = args.length > 2 ? Integer.parseInt(args[2]) : 0;
        byte[] request = new byte[4096];
        int length = 0;
        for (int count = 0; ; count++) {
            do {
                int read = in.read(request, length, request.length - length);
                if (read < 0) {
                    return;
                }
                length += read;
            } while (length < 4 || request[length - 2] != '\r' || request[length - 1] != '\n');
            length = 0;
            if (allocated > 0) {
                garbage = new byte[allocated];
            }
            out.write(args.length > 3 && count == 1000 ? wrong : reply);
        }
    }

    private static byte[] reply(String body) {
        return ("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(ISO_8859_1);
    }

    private TinyServer() {}
}
