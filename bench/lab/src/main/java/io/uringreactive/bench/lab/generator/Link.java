// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.generator;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** One connection of a load: at most one request is under way on it. */
final class Link {
    private final int index;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final Exchange exchange;
    private final Schedule schedule;
    private final Recording recording;

    private long number;
    private long dueNanos;

    /** When the last reply came, or the connection was there: it could not send before. */
    private long idleSinceNanos;

    private boolean waiting;
    private ByteBuffer rest;

    Link(
            int index,
            InetSocketAddress server,
            Selector selector,
            Exchange exchange,
            Schedule schedule,
            Recording recording)
            throws IOException {
        this.index = index;
        this.exchange = exchange;
        this.schedule = schedule;
        this.recording = recording;
        channel = SocketChannel.open(server);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        key = channel.register(selector, SelectionKey.OP_READ, this);
        rest = ByteBuffer.allocate(0);
        idleSinceNanos = System.nanoTime();
        dueNanos = schedule.dueNanos(index, 0);
    }

    boolean isWaiting() {
        return waiting;
    }

    /** When its next request should leave, or should have left; of a link that is not waiting. */
    long dueNanos() {
        return dueNanos;
    }

    /** Sends the next request; the link must not be waiting for a reply. */
    void send(long now) throws IOException {
        if (schedule.isClosedLoop()) {
            dueNanos = now;
        } else {
            recording.sent(Math.max(dueNanos, idleSinceNanos), now);
        }
        rest = exchange.request();
        waiting = true;
        write();
    }

    void ready(ByteBuffer scratch) throws IOException {
        if (key.isWritable()) {
            write();
        }
        if (key.isReadable()) {
            read(scratch);
        }
    }

    private void write() throws IOException {
        channel.write(rest);
        int reading = SelectionKey.OP_READ;
        key.interestOps(rest.hasRemaining() ? reading | SelectionKey.OP_WRITE : reading);
    }

    private void read(ByteBuffer scratch) throws IOException {
        int count = channel.read(scratch.clear());
        if (count < 0) {
            throw new IOException("connection %d was closed by the server".formatted(index));
        }
        if (count > 0 && !waiting) {
            throw new IOException(
                    "connection %d got bytes that it did not ask for".formatted(index));
        }
        if (count > 0 && exchange.received(scratch.flip())) {
            waiting = false;
            idleSinceNanos = System.nanoTime();
            recording.completed(dueNanos, idleSinceNanos);
            number++;
            dueNanos = schedule.dueNanos(index, number);
        }
    }

    void close() throws IOException {
        channel.close();
    }
}
