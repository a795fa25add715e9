// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.endurance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One client: asks for one thing after the other, on one connection or on many, and checks every
 * byte of the replies. Runs on a thread of its own, virtual where possible.
 */
final class Client implements Runnable {
    private static final int TIMEOUT_MILLIS = 20_000;
    private static final int REQUESTS_OF_A_SHORT_ONE_MAX = 20;
    private static final int LARGE_BYTES_MAX = 60_000;
    private static final int SMALL_BYTES_MAX = 2_000;
    private static final int HEAD_BYTES_MAX = 4096;

    /** How a short connection ends: by whom, and whether in order. */
    private enum Farewell {
        SERVER_CLOSES,
        CLIENT_CLOSES,
        CLIENT_RESETS
    }

    private final InetSocketAddress server;
    private final AtomicLong tickets;
    private final Progress progress;
    private final boolean churns;
    private final SplittableRandom random;
    private final byte[] content = new byte[LARGE_BYTES_MAX];
    private final byte[] head = new byte[HEAD_BYTES_MAX];

    /**
     * @param tickets one is taken for each request; at 0 the client ends
     * @param churns whether its connections are short
     */
    Client(
            InetSocketAddress server,
            AtomicLong tickets,
            Progress progress,
            boolean churns,
            long seed) {
        this.server = server;
        this.tickets = tickets;
        this.progress = progress;
        this.churns = churns;
        this.random = new SplittableRandom(seed);
        random.nextBytes(content);
    }

    @Override
    public void run() {
        try {
            while (tickets.get() > 0 && !progress.hasFailed()) {
                connection();
            }
        } catch (IOException | RuntimeException e) {
            progress.fail(e);
        }
    }

    private void connection() throws IOException {
        int most = churns ? 1 + random.nextInt(REQUESTS_OF_A_SHORT_ONE_MAX) : Integer.MAX_VALUE;
        Farewell farewell = Farewell.values()[random.nextInt(Farewell.values().length)];
        try (Socket socket = new Socket()) {
            socket.connect(server, TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.setTcpNoDelay(true);
            progress.connection();
            boolean more = true;
            for (int i = 1; more && i <= most; i++) {
                if (tickets.getAndDecrement() <= 0 || progress.hasFailed()) {
                    return;
                }
                more = i < most;
                exchange(socket, !more && farewell == Farewell.SERVER_CLOSES);
                progress.reply();
            }
            part(socket, farewell);
        }
    }

    private static void part(Socket socket, Farewell farewell) throws IOException {
        switch (farewell) {
            case SERVER_CLOSES -> {
                if (socket.getInputStream().read() >= 0) {
                    throw new SocketException("bytes behind the last reply");
                }
            }
            case CLIENT_CLOSES -> {}
            case CLIENT_RESETS -> socket.setSoLinger(true, 0);
        }
    }

    private void exchange(Socket socket, boolean last) throws IOException {
        int kind = random.nextInt(20);
        String fields = "Host: localhost\r\n" + (last ? "Connection: close\r\n" : "");
        OutputStream out = socket.getOutputStream();
        if (kind < 16) {
            int number = random.nextInt(1_000_000);
            out.write(("GET /" + number + " HTTP/1.1\r\n" + fields + "\r\n").getBytes(ISO_8859_1));
            byte[] wanted = Application.text(number).getBytes(ISO_8859_1);
            expect(socket.getInputStream(), wanted, 0, wanted.length);
        } else {
            int most = kind < 19 ? SMALL_BYTES_MAX : LARGE_BYTES_MAX;
            int length = 1 + random.nextInt(most);
            int from = random.nextInt(LARGE_BYTES_MAX - length + 1);
            String request = "POST / HTTP/1.1\r\n" + fields + "Content-Length: " + length;
            out.write((request + "\r\n\r\n").getBytes(ISO_8859_1));
            out.write(content, from, length);
            expect(socket.getInputStream(), content, from, length);
        }
    }

    private void expect(InputStream in, byte[] wanted, int from, int length) throws IOException {
        int got = in.read(head, 0, head.length);
        int end = got < 0 ? 0 : headEnd(got);
        while (end == 0) {
            int more = got < 0 ? -1 : in.read(head, got, head.length - got);
            if (more <= 0) {
                throw new EOFException("no whole head of a reply: " + got + " bytes");
            }
            got += more;
            end = headEnd(got);
        }
        String text = new String(head, 0, end, ISO_8859_1).toLowerCase(Locale.ROOT);
        if (!text.startsWith("http/1.1 200 ")
                || !text.contains("\r\ncontent-length: " + length + "\r\n")) {
            throw new IOException("not the reply that is wanted: " + text);
        }
        int early = got - end;
        if (early > length || !Arrays.equals(head, end, got, wanted, from, from + early)) {
            throw new IOException("another body than the one that is wanted");
        }
        int at = early;
        while (at < length) {
            int count = in.read(head, 0, Math.min(head.length, length - at));
            if (count < 0) {
                throw new EOFException("the body ends after " + at + " of " + length + " bytes");
            }
            if (!Arrays.equals(head, 0, count, wanted, from + at, from + at + count)) {
                throw new IOException("another body than the one that is wanted, at " + at);
            }
            at += count;
        }
    }

    private int headEnd(int count) {
        for (int i = 3; i < count; i++) {
            if (head[i] == '\n' && head[i - 1] == '\r' && head[i - 2] == '\n') {
                return i + 1;
            }
        }
        return 0;
    }
}
