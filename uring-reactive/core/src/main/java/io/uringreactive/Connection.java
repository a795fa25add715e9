// SPDX-License-Identifier: Apache-2.0
package io.uringreactive;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.uringreactive.frame.Frames;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * A TCP connection. Lives on one ring: everything subscribed on it is signalled on that ring's
 * thread ({@link #scheduler()}), and every method is safe from any thread. Whoever gets a
 * connection owns it and ends it: by {@link #handle}, {@link #close()} or {@link #dispose()}.
 */
public interface Connection extends Disposable {
    /**
     * What the peer sends.
     *
     * <p>Emits: buffers in arrival order. Demand: the first request opens a window of bytes (64 KiB
     * unless set otherwise) that is handed to the kernel as a credit; while nothing is requested,
     * received and not yet delivered bytes stay within that window and one buffer, and TCP's own
     * window holds the peer back. {@code Long.MAX_VALUE} receives without a budget. Completes on
     * the peer's FIN; sending goes on. Cancellation: stops the receive and discards what has
     * arrived; sending goes on. Errors: {@link ConnectionReset}, {@link ConnectionClosed}, {@link
     * TimedOut}; {@link IllegalStateException} for a second subscriber, at any time; {@link
     * IllegalArgumentException} for a request below 1, which also stops the receive. Buffers: each
     * is the subscriber's, which releases it exactly once, on any thread; until then it holds
     * memory that the ring shares among its connections. Thread: the connection's ring.
     */
    Flux<ByteBuf> receive();

    /** What the peer sends, as UTF-8; see {@link #receiveText(Charset)}. */
    default Flux<String> receiveText() {
        return receiveText(StandardCharsets.UTF_8);
    }

    /**
     * What the peer sends, as text. Where the strings are cut says nothing: for lines or messages
     * use {@link Frames} on {@link #receive()}.
     *
     * <p>Emits: a string for each received buffer that completes a character; characters that lie
     * across buffers are put together. Malformed bytes, also a character that the peer's end cuts,
     * become the charset's replacement character. Demand, cancellation and errors: as {@link
     * #receive()}; {@link java.util.concurrent.RejectedExecutionException} when the ring has
     * stopped. Buffers: released here. Thread: the connection's ring.
     */
    default Flux<String> receiveText(Charset charset) {
        // Requests of other threads go to the ring first: whoever requests may be the one
        // signalled.
        return receive().transform(Frames.text(charset)).subscribeOn(scheduler());
    }

    /**
     * Sends what {@code data} emits, in order. Several sends may be subscribed: their buffers
     * interleave as they come.
     *
     * <p>Emits: nothing; completes when the kernel has accepted the last byte. Demand: requests 32
     * buffers at first and more as they are sent, while less than the high-water mark (64 KiB
     * unless set otherwise) is queued on the connection. Cancellation: cancels {@code data} and
     * removes what is still queued; what the kernel has been given is still sent. Errors: those of
     * {@code data} (queued buffers of this send are removed); {@link ConnectionReset}, {@link
     * ConnectionClosed}. Buffers: released on success, error and cancel. Thread: the connection's
     * ring.
     */
    Mono<Void> send(Publisher<? extends ByteBuf> data);

    /**
     * How many bytes of sends the kernel has taken so far; under TLS, of records. What grows here
     * while something waits to be sent is a peer that takes it, and how fast. To be asked on the
     * connection's ring; elsewhere the answer may be an old one.
     */
    long sentBytes();

    /** Sends {@code text} as UTF-8; see {@link #send}. */
    default Mono<Void> sendText(String text) {
        return send(Mono.fromSupplier(() -> encode(text)));
    }

    /** Sends what {@code texts} emits as UTF-8; see {@link #send}. */
    default Mono<Void> sendText(Publisher<String> texts) {
        return send(Flux.from(texts).map(Connection::encode));
    }

    private static ByteBuf encode(String text) {
        return ByteBufUtil.writeUtf8(ByteBufAllocator.DEFAULT, text);
    }

    /**
     * Ends this side's stream after what is queued: the peer sees a FIN, receiving goes on.
     *
     * <p>Emits nothing; completes when the FIN is queued behind all data. A send subscribed later
     * fails with {@link ConnectionClosed}. Cancellation: has no effect. Errors: {@link
     * ConnectionReset}, {@link ConnectionClosed}. Thread: the connection's ring.
     */
    Mono<Void> shutdownOutput();

    /**
     * Closes without losing anything that was sent: flushes the queue, ends the stream with a FIN,
     * reads and discards what the peer still sends until its end, within a limit of time and bytes,
     * and gives the descriptor back. Closing at once, with unread input, would reset the peer and
     * destroy the answer on its way.
     *
     * <p>The peer is reset if it takes nothing of what is queued for {@link
     * ConnectionOptions#closeTimeout}, if a publisher of a send has not completed by then, or if it
     * sends more than {@link ConnectionOptions#closeDiscardBytesMax}. A peer that only does not end
     * its side is not: what the kernel still has for it goes on its way after the close, within the
     * kernel's own limits ({@code tcp_orphan_retries} of tcp(7)).
     *
     * <p>Emits nothing; completes when the descriptor is closed, whatever happened on the way.
     * Nothing happens before it is subscribed; the first subscription closes, later ones wait.
     * Cancellation: does not stop the closing. Thread: the connection's ring.
     */
    Mono<Void> close();

    /** Aborts: drops what is queued, cancels what is in flight, and resets the peer. */
    @Override
    void dispose();

    /** Whether it is closed or being closed. */
    @Override
    boolean isDisposed();

    /**
     * Runs {@code handler}, closes the connection at its end, and contains its error: one peer's
     * reset must not end the server's pipeline. A handler that completes is followed by {@link
     * #close()}; one that fails, by {@link #dispose()}; its error is logged, at DEBUG when the peer
     * left or broke the protocol ({@link ConnectionReset}, {@link ConnectionClosed}, {@link
     * TlsFailed}), at WARN otherwise. One that still runs when the connection has ended by other
     * means is cancelled, and one that would begin then is not run.
     *
     * <p>Emits nothing; completes, and never fails, when the connection is closed. Cancellation:
     * cancels the handler and aborts the connection. Thread: the handler is called and subscribed
     * on the connection's ring.
     */
    Mono<Void> handle(Function<? super Connection, ? extends Publisher<Void>> handler);

    /** As {@link #wiretap(Wiretap)}, with {@link Wiretap#defaults()}. */
    default Connection wiretap() {
        return wiretap(Wiretap.defaults());
    }

    /**
     * This connection, used through one that logs: what is received and sent, with a hex dump of
     * each buffer's beginning; ends, errors, cancellations and the close. A buffer to be sent is
     * logged when it is taken from its publisher. The level is looked at for each entry, so it can
     * be changed at run time; off, it costs a look.
     */
    default Connection wiretap(Wiretap wiretap) {
        return TappedConnection.of(this, wiretap);
    }

    /**
     * Completes when the descriptor is closed, on the connection's ring. Who subscribes at that
     * very moment, or later, is completed where it subscribes; so it is with {@link #handle} and
     * {@link #close()}.
     */
    Mono<Void> onClose();

    /** This side's address; null when the connection was gone before anybody asked. */
    @Nullable InetSocketAddress localAddress();

    /** The peer's address; null when the connection was gone before anybody asked. */
    @Nullable InetSocketAddress remoteAddress();

    /** The ring of this connection: a {@link RingScheduler} on io_uring. */
    Scheduler scheduler();
}
