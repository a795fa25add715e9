// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.uringreactive.bench.lab.process.LabException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The reply to a {@code GET} as it came over the socket. */
record HttpReply(String head, String body) {
    private static final Pattern LENGTH =
            Pattern.compile("(?i)\\r\\ncontent-length: *(\\d+) *\\r\\n");

    private static final String HEAD_END = "\r\n\r\n";
    private static final int PATIENCE_MILLIS = 10_000;
    private static final int HEAD_BYTES_MAX = 8192;

    static HttpReply get(Target target, String path) {
        try (Socket socket = new Socket(target.host(), target.port())) {
            return over(socket, target, path);
        } catch (IOException e) {
            throw new LabException(target.contestant() + ": no reply to GET " + path + ": " + e, e);
        }
    }

    /** The same over a connection that stays; what comes behind the reply may be lost. */
    static HttpReply over(Socket socket, Target target, String path) throws IOException {
        socket.setSoTimeout(PATIENCE_MILLIS);
        String request = "GET %s HTTP/1.1\r\nHost: %s:%d\r\n\r\n";
        byte[] bytes = request.formatted(path, target.host(), target.port()).getBytes(ISO_8859_1);
        socket.getOutputStream().write(bytes);
        return read(new BufferedInputStream(socket.getInputStream()));
    }

    static HttpReply read(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf(HEAD_END) < 0) {
            int next = in.read();
            if (next < 0 || head.length() > HEAD_BYTES_MAX) {
                throw new IOException("no whole head: " + head);
            }
            head.append((char) next);
        }
        Matcher length = LENGTH.matcher(head);
        if (!length.find()) {
            throw new IOException("no Content-Length: " + head);
        }
        byte[] body = in.readNBytes(Integer.parseInt(length.group(1)));
        return new HttpReply(head.toString(), new String(body, ISO_8859_1));
    }

    boolean isOk() {
        return head.startsWith("HTTP/1.1 200 ");
    }

    int bytes() {
        return head.length() + body.length();
    }
}
