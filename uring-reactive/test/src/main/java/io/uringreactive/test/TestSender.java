// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.IllegalReferenceCountException;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/** The sending side of a {@link TestConnection}. Confined to its turns. */
final class TestSender {
    private record Queued(ByteBuf buffer, TestSend owner) {}

    private final TestConnection connection;
    private final ArrayDeque<Queued> queue = new ArrayDeque<>();
    private final Set<TestSend> active = new LinkedHashSet<>();
    private long sentBytes;
    private boolean flushing;
    private @Nullable Throwable refused;

    TestSender(TestConnection connection) {
        this.connection = connection;
    }

    void start(TestSend send, Publisher<? extends ByteBuf> data) {
        Throwable reason = refused;
        if (send.isEnded()) {
            return;
        }
        if (reason != null) {
            send.fail(reason);
        } else {
            active.add(send);
            data.subscribe(send);
        }
    }

    void offer(ByteBuf buffer, TestSend owner) {
        queue.add(new Queued(buffer, owner));
        flushLater();
    }

    /** After what is going on now, as a ring sends at the end of its turn. */
    void flushLater() {
        if (!flushing) {
            flushing = true;
            connection.turns().later(this::flush);
        }
    }

    private void flush() {
        flushing = false;
        while (!queue.isEmpty() && connection.peer().takes()) {
            if (connection.peer().hasReset()) {
                connection.abort(TestConnection.resetError("send"));
                return;
            }
            send(queue.remove());
        }
        connection.ending().advance();
    }

    private void send(Queued next) {
        try {
            byte[] bytes = ByteBufUtil.getBytes(next.buffer());
            connection.peer().onBytes(bytes);
            sentBytes += bytes.length;
            next.buffer().release();
        } catch (IllegalReferenceCountException e) {
            // Released by somebody after it was given to us.
            connection.abort(e);
            return;
        }
        try {
            next.owner().onSent();
        } catch (RuntimeException | Error e) {
            connection.abort(e);
            throw e;
        }
    }

    /** {@code send} has ended and its subscriber knows, or does not want to. */
    void remove(TestSend send) {
        active.remove(send);
        queue.removeIf(
                queued -> {
                    boolean its = queued.owner() == send;
                    if (its) {
                        queued.buffer().release();
                    }
                    return its;
                });
        connection.ending().advance();
    }

    void refuse(Throwable reason) {
        if (refused == null) {
            refused = reason;
        }
    }

    void stop(Throwable reason) {
        refuse(reason);
        Set<TestSend> sends = Set.copyOf(active);
        active.clear();
        sends.forEach(send -> send.fail(reason));
        queue.forEach(queued -> queued.buffer().release());
        queue.clear();
    }

    boolean isIdle() {
        return active.isEmpty() && queue.isEmpty();
    }

    long sentBytes() {
        return sentBytes;
    }

    /** Whether a send may get more from its publisher. */
    boolean hasOpenPublisher() {
        return active.stream().anyMatch(TestSend::isFed);
    }

    int activeSends() {
        return active.size();
    }
}
