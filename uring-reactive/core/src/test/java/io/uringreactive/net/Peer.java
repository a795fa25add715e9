// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The other end of a connection under test: a plain socket of the JDK, used by one thread. */
final class Peer implements AutoCloseable {
    private static final Duration STALL = Duration.ofMillis(150);
    private static final int CHUNK = 64 * 1024;

    private final SocketChannel channel;

    private Peer(SocketChannel channel) {
        this.channel = channel;
    }

    static Peer of(SocketChannel channel) {
        return new Peer(channel);
    }

    static Peer connect(InetSocketAddress to) {
        return connect(to, 0);
    }

    /** With buffers of about {@code bufferBytes} in the kernel, or its defaults for 0. */
    static Peer connect(InetSocketAddress to, int bufferBytes) {
        try {
            SocketChannel channel = SocketChannel.open();
            if (bufferBytes > 0) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, bufferBytes);
                channel.setOption(StandardSocketOptions.SO_SNDBUF, bufferBytes);
            }
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            boolean wildcard = to.getAddress().isAnyLocalAddress();
            try {
                channel.connect(
                        wildcard
                                ? new InetSocketAddress(
                                        InetAddress.getLoopbackAddress(), to.getPort())
                                : to);
            } catch (IOException e) {
                channel.close();
                throw e;
            }
            channel.socket().setSoTimeout((int) Await.LIMIT.toMillis());
            return new Peer(channel);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Comes and goes. A slow one may be reset before its connect(2) has returned, and was there.
     */
    static void visit(InetSocketAddress to) {
        try {
            connect(to).close();
        } catch (UncheckedIOException e) {
            if (!String.valueOf(e.getMessage()).contains("reset")) {
                throw e;
            }
        }
    }

    SocketChannel channel() {
        return channel;
    }

    int port() {
        return channel.socket().getLocalPort();
    }

    void write(byte[] bytes) {
        try {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(String text) {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes bytes of {@link Sequence}, from place {@code from} to {@code to}. */
    void writeSequence(long from, long to) {
        for (long at = from; at < to; at += CHUNK) {
            write(Sequence.bytes(at, (int) Math.min(CHUNK, to - at)));
        }
    }

    /**
     * Writes {@link Sequence} from {@code from} on, {@code pieceBytes} at a time, until the kernel
     * takes no more for a while, or up to {@code to}; returns the place that it reached.
     */
    long writeUntilStalled(long from, long to, int pieceBytes) {
        try {
            channel.configureBlocking(false);
            long at = from;
            while (at < to) {
                long start = at;
                ByteBuffer piece =
                        ByteBuffer.wrap(
                                Sequence.bytes(start, (int) Math.min(pieceBytes, to - start)));
                int[] written = new int[1];
                Await.within(STALL, () -> (written[0] = tryWrite(piece)) > 0);
                if (written[0] == 0) {
                    break;
                }
                at += written[0];
            }
            channel.configureBlocking(true);
            return at;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int tryWrite(ByteBuffer piece) {
        try {
            return channel.write(piece);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] read(int count) {
        byte[] bytes = new byte[count];
        try {
            int got = channel.socket().getInputStream().readNBytes(bytes, 0, count);
            if (got < count) {
                throw new EOFException("the stream ended after " + got + " bytes of " + count);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes;
    }

    String readText(int bytes) {
        return new String(read(bytes), StandardCharsets.UTF_8);
    }

    /** Reads up to {@code count} bytes of {@link Sequence} that stand at place {@code from}. */
    long checkSequence(long from, long count) {
        byte[] chunk = new byte[CHUNK];
        long at = from;
        try {
            while (at < from + count) {
                int wanted = (int) Math.min(chunk.length, from + count - at);
                int got = channel.socket().getInputStream().read(chunk, 0, wanted);
                if (got < 0) {
                    break;
                }
                Sequence.check(at, chunk, got);
                at += got;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return at - from;
    }

    /** Asserts that the stream ends here, in order. */
    void expectEnd() {
        try {
            assertEquals(-1, channel.socket().getInputStream().read(), "more bytes came");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asserts that the connection is reset, after whatever has arrived before. */
    void expectReset() {
        byte[] chunk = new byte[CHUNK];
        IOException reset =
                assertThrows(
                        IOException.class,
                        () -> {
                            while (channel.socket().getInputStream().read(chunk) >= 0) {
                                // What came before the reset does not matter here.
                            }
                        });
        assertTrue(String.valueOf(reset.getMessage()).contains("reset"), reset.toString());
    }

    void shutdownOutput() {
        try {
            channel.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closes with a RST. */
    void reset() {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
