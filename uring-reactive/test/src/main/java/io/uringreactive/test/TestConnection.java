// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import static io.uringreactive.TransportErrors.Family.TRANSFER;

import io.netty.buffer.ByteBuf;
import io.uringreactive.Connection;
import io.uringreactive.ConnectionOptions;
import io.uringreactive.TransportErrors;
import io.uringreactive.sys.abi.Errno;
import java.net.InetSocketAddress;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * A {@link Connection} in memory, for tests of handlers: the test plays the {@link #peer()}.
 *
 * <pre>{@code
 * TestConnection conn = TestConnection.create();
 * conn.handle(c -> c.send(c.receive())).subscribe();
 *
 * conn.peer().write("hel").write("lo");
 * assertEquals("hello", conn.peer().received());
 *
 * conn.peer().shutdownWrite();
 * assertTrue(conn.peer().sawEnd());
 * conn.assertNothingLeaked();
 * }</pre>
 *
 * <p>It keeps {@link Connection}'s contract, errors and limits of a graceful close included,
 * without a ring or a thread of its own: what the peer does is signalled before its method returns,
 * one thing after the other, on the thread that did it. What the peer writes at once arrives as one
 * buffer, so the test chooses the fragments. {@link #scheduler()} is a clock that the test moves.
 * Whatever a subscriber throws, against the specification, aborts the connection and is thrown to
 * the test.
 *
 * <p>What only a kernel shows (partial sends, full buffers, completions in any order) is {@link
 * SimulatedServer}'s to show.
 */
public final class TestConnection implements Connection {
    private static final InetSocketAddress LOCAL = Network.at(8080);
    private static final InetSocketAddress REMOTE = Network.at(50_000);

    private final VirtualTimeScheduler scheduler = VirtualTimeScheduler.create();
    private final Turns turns = new Turns();
    private final TestReceiver receiver = new TestReceiver(this);
    private final TestSender sender = new TestSender(this);
    private final TestPeer peer = new TestPeer(this);
    private final TestEnding ending;
    private volatile boolean disposed;
    private volatile @Nullable Throwable handlerError;

    private TestConnection(ConnectionOptions options) {
        this.ending = new TestEnding(this, options);
    }

    /** A connection that was just accepted, with {@link ConnectionOptions#defaults()}. */
    public static TestConnection create() {
        return create(ConnectionOptions.defaults());
    }

    /**
     * Of {@code options} the limits of a graceful close apply; nothing here is bounded in bytes.
     */
    public static TestConnection create(ConnectionOptions options) {
        return new TestConnection(options);
    }

    /** The other end, which the test drives. */
    public TestPeer peer() {
        return peer;
    }

    /**
     * What the subscriber of {@link #receive()} has requested and not yet got; {@link
     * Long#MAX_VALUE} for unbounded demand, 0 while there is no subscriber.
     */
    public long requested() {
        return receiver.requested();
    }

    /** Buffers that have arrived and that nobody has requested yet. */
    public int undelivered() {
        return receiver.undelivered();
    }

    /** Whether {@link #receive()} has a subscriber that has not cancelled and was not ended. */
    public boolean isReceiving() {
        return receiver.isActive();
    }

    /** Sends that were subscribed and have not ended. */
    public int activeSends() {
        return sender.activeSends();
    }

    /** Why the handler of {@link #handle} failed; null as long as none has. */
    public @Nullable Throwable handlerError() {
        return handlerError;
    }

    /**
     * That every buffer which was delivered has been released.
     *
     * @throws AssertionError that names those which were not, with their content
     */
    public void assertNothingLeaked() {
        receiver.assertNothingLeaked();
    }

    Turns turns() {
        return turns;
    }

    TestReceiver receiver() {
        return receiver;
    }

    TestSender sender() {
        return sender;
    }

    TestEnding ending() {
        return ending;
    }

    @Override
    public Flux<ByteBuf> receive() {
        return new Flux<>() {
            @Override
            public void subscribe(CoreSubscriber<? super ByteBuf> actual) {
                turns.run(() -> receiver.subscribe(actual));
            }
        };
    }

    @Override
    public Mono<Void> send(Publisher<? extends ByteBuf> data) {
        return new Mono<>() {
            @Override
            public void subscribe(CoreSubscriber<? super Void> actual) {
                TestSend send = new TestSend(TestConnection.this, actual);
                actual.onSubscribe(send);
                turns.run(() -> sender.start(send, data));
            }
        };
    }

    @Override
    public long sentBytes() {
        return sender.sentBytes();
    }

    @Override
    public Mono<Void> shutdownOutput() {
        return ending.outputEnded().doOnSubscribe(ignored -> turns.run(ending::endOutput));
    }

    @Override
    public Mono<Void> close() {
        return onClose().doOnSubscribe(ignored -> closeInOrder());
    }

    void closeInOrder() {
        turns.run(
                () -> {
                    disposed = true;
                    ending.start();
                });
    }

    @Override
    public void dispose() {
        disposed = true;
        turns.run(() -> abort(closedError("dispose")));
    }

    /** Ends at once; {@code reason} reaches those who are sending and receiving. */
    void abort(Throwable reason) {
        disposed = true;
        ending.abort(reason);
    }

    @Override
    public boolean isDisposed() {
        return disposed;
    }

    @Override
    public Mono<Void> handle(Function<? super Connection, ? extends Publisher<Void>> handler) {
        return new Mono<>() {
            @Override
            public void subscribe(CoreSubscriber<? super Void> actual) {
                TestHandler run = new TestHandler(TestConnection.this, actual.currentContext());
                onClose()
                        .doOnSubscribe(ignored -> turns.run(() -> run.start(handler)))
                        .doOnCancel(run::abandon)
                        .subscribe(actual);
            }
        };
    }

    void onHandlerError(Throwable error) {
        handlerError = error;
        dispose();
    }

    @Override
    public Mono<Void> onClose() {
        return ending.closed();
    }

    Throwable closedError(String operation) {
        return TransportErrors.closed(operation, REMOTE);
    }

    static Throwable resetError(String operation) {
        return TransportErrors.of(TRANSFER, operation, -Errno.ECONNRESET.number(), REMOTE);
    }

    /** Tells a subscriber of an end; what it throws must not keep the others from theirs. */
    void tell(CoreSubscriber<?> subscriber, Throwable reason) {
        try {
            subscriber.onError(reason);
        } catch (Throwable e) {
            turns.later(() -> Operators.onErrorDropped(e, subscriber.currentContext()));
        }
    }

    /** A made-up one: there is no socket. */
    @Override
    public InetSocketAddress localAddress() {
        return LOCAL;
    }

    /** A made-up one: there is no socket. */
    @Override
    public InetSocketAddress remoteAddress() {
        return REMOTE;
    }

    /** Virtual time, which passes by {@link VirtualTimeScheduler#advanceTimeBy}. */
    @Override
    public VirtualTimeScheduler scheduler() {
        return scheduler;
    }

    @Override
    public String toString() {
        return "test connection, " + ending;
    }
}
