// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.boot;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A client that asks for the same again and again on one connection until the server ends it, and
 * counts the responses that it got whole and those that stopped in the middle.
 */
final class Asking implements Runnable {
    private static final int TIMEOUT_MILLIS = 30_000;

    private final int port;
    private final String request;

    /** Of all clients that ask for it. */
    final AtomicInteger begun = new AtomicInteger();

    final AtomicInteger whole = new AtomicInteger();

    Asking(int port, String path) {
        this.port = port;
        this.request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    }

    /** Ends when no response begins any more. */
    @Override
    public void run() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            InputStream in = socket.getInputStream();
            while (true) {
                socket.getOutputStream().write(request.getBytes(ISO_8859_1));
                int first = in.read();
                if (first < 0) {
                    return;
                }
                begun.incrementAndGet();
                readRest(in, first);
                whole.incrementAndGet();
            }
        } catch (IOException e) {
            // Refused, reset or cut off: what had begun and is not whole is missed in the counts.
        }
    }

    private static void readRest(InputStream in, int first) throws IOException {
        StringBuilder head = new StringBuilder().append((char) first);
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) readByte(in));
        }
        String fields = head.toString().toLowerCase(Locale.ROOT);
        int length = fields.indexOf("content-length:");
        if (length >= 0) {
            String value = fields.substring(length + 15, fields.indexOf("\r\n", length));
            skip(in, Integer.parseInt(value.strip()));
            return;
        }
        int size = chunkSize(in);
        while (size > 0) {
            skip(in, size + 2);
            size = chunkSize(in);
        }
        skip(in, 2);
    }

    private static int chunkSize(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        while (line.indexOf("\r\n") < 0) {
            line.append((char) readByte(in));
        }
        return Integer.parseInt(line.toString().strip(), 16);
    }

    private static void skip(InputStream in, int count) throws IOException {
        if (in.readNBytes(count).length < count) {
            throw new IOException("cut off");
        }
    }

    private static int readByte(InputStream in) throws IOException {
        int next = in.read();
        if (next < 0) {
            throw new IOException("cut off");
        }
        return next;
    }
}
