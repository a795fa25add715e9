// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test.contract;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** The other end of a connection under test: a plain socket of the JDK, which never blocks. */
final class RawPeer implements AutoCloseable {
    /** What has come of the stream's other direction. */
    enum State {
        OPEN,
        ENDED,
        RESET
    }

    private final SocketChannel channel;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final ByteBuffer chunk = ByteBuffer.allocate(64 * 1024);
    private State state = State.OPEN;

    private RawPeer(SocketChannel channel) {
        this.channel = channel;
    }

    /** With buffers of about {@code bufferBytes} in the kernel, or its defaults for 0. */
    static RawPeer connect(InetSocketAddress to, int bufferBytes) {
        try {
            SocketChannel channel = SocketChannel.open();
            if (bufferBytes > 0) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, bufferBytes);
                channel.setOption(StandardSocketOptions.SO_SNDBUF, bufferBytes);
            }
            channel.connect(to);
            channel.configureBlocking(false);
            return new RawPeer(channel);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return channel.socket().getLocalPort();
    }

    /** How many bytes of {@code text} the kernel has taken; all, for short ones. */
    int write(String text) {
        return write(text.getBytes(StandardCharsets.UTF_8));
    }

    int write(byte[] bytes) {
        try {
            return channel.write(ByteBuffer.wrap(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads what has arrived, and what arrives meanwhile. */
    RawPeer read() {
        int before;
        do {
            before = received.size();
        } while (readOnce() > before);
        return this;
    }

    /** Reads a chunk, if one has arrived; how many bytes there were in all. */
    int readOnce() {
        try {
            int got = state == State.OPEN ? channel.read(chunk.clear()) : 0;
            if (got > 0) {
                received.write(chunk.array(), 0, got);
            }
            if (got < 0) {
                state = State.ENDED;
            }
        } catch (IOException e) {
            if (!String.valueOf(e.getMessage()).contains("reset")) {
                throw new UncheckedIOException(e);
            }
            state = State.RESET;
        }
        return received.size();
    }

    State state() {
        return read().state;
    }

    String text() {
        return read().received.toString(StandardCharsets.UTF_8);
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
