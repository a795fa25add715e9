package io.uringreactive.net;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.uringreactive.ConnectOptions;
import io.uringreactive.Connection;
import io.uringreactive.RingGroup;
import io.uringreactive.TransportErrors;
import io.uringreactive.TransportErrors.Family;
import io.uringreactive.loop.InFlight;
import io.uringreactive.loop.RingLoop;
import io.uringreactive.loop.Timeout;
import io.uringreactive.op.Close;
import io.uringreactive.op.Connect;
import io.uringreactive.op.UringScheduler;
import io.uringreactive.sys.abi.SockAddr;
import io.uringreactive.sys.ring.RingUnavailable;
import io.uringreactive.sys.ring.Sockets;
import java.lang.foreign.Arena;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;

/**
 * One attempt to connect: a socket, a CONNECT operation, and a time limit. The socket belongs to
 * the attempt until the connection is handed over; whatever else happens, it is closed after the
 * operation's terminal CQE. Confined to the loop.
 */
public final class Connector extends InFlight implements Subscription {
    private final UringScheduler ring;
    private final RingGroup group;
    private final ConnectOptions options;

    /** Empty once cancelled or signalled: whoever takes the subscriber out decides which. */
    private final AtomicReference<@Nullable CoreSubscriber<? super Connection>> actual;

    private final Arena memory = Arena.ofAuto();
    private final AtomicBoolean requested = new AtomicBoolean();
    private int fd = -1;
    private @Nullable Timeout limit;

    private Connector(
            RingGroup group, ConnectOptions options, CoreSubscriber<? super Connection> actual) {
        this.group = group;
        this.ring = UringScheduler.of(group.next());
        this.options = options;
        this.actual = new AtomicReference<>(actual);
    }

    /** Connects to the address in {@code options}, which is resolved; anew for each subscriber. */
    public static Mono<Connection> connect(ConnectOptions options) {
        return new Mono<>() {
            @Override
            public void subscribe(CoreSubscriber<? super Connection> subscriber) {
                RingGroup group;
                try {
                    group = options.groupOrShared();
                } catch (RingUnavailable e) {
                    Operators.error(subscriber, e);
                    return;
                }
                subscriber.onSubscribe(new Connector(group, options, subscriber));
            }
        };
    }

    @Override
    public void request(long n) {
        if (Operators.validate(n) && requested.compareAndSet(false, true)) {
            loop().run(this::start);
        }
    }

    @Override
    public void cancel() {
        if (actual.getAndSet(null) != null) {
            loop().run(this::giveUp);
        }
    }

    private RingLoop loop() {
        return ring.loop();
    }

    private void start() {
        if (loop().shutdown().isRequested()) {
            signalError(Exceptions.failWithRejected("the ring has stopped"));
            return;
        }
        if (actual.get() == null) {
            return;
        }
        Sockets sockets = loop().kernel().sockets();
        fd = sockets.stream(SockAddr.family(options.address()));
        if (fd < 0) {
            fail("socket", fd);
            return;
        }
        for (var change : options.socket().changes().entrySet()) {
            int result = sockets.set(fd, change.getKey(), change.getValue());
            if (result < 0) {
                closeSocket();
                fail(change.getKey().name(), result);
                return;
            }
        }
        try {
            Connect.prepare(loop().operations().begin(this), fd, options.address(), memory);
        } catch (RuntimeException e) {
            sockets.close(fd);
            signalError(e);
            return;
        }
        limit = loop().after(NANOSECONDS.convert(options.timeout()), this::onTimeLimit);
    }

    private void onTimeLimit() {
        signalError(
                TransportErrors.timedOut(
                        "connect", "no answer within " + options.timeout(), options.address()));
        giveUp();
    }

    /** Nobody waits any more; the socket goes after the terminal CQE, whatever that says. */
    private void giveUp() {
        stopTimer();
        loop().operations().cancel(this);
    }

    private void stopTimer() {
        Timeout timer = limit;
        if (timer != null) {
            timer.cancel();
        }
    }

    @Override
    protected void onCompletion(int result, int cqeFlags) {
        stopTimer();
        if (result < 0) {
            closeSocket();
            fail("connect", result);
            return;
        }
        UringConnection connection =
                new UringConnection(ring, fd, group.receiveMode(), options.connection());
        CoreSubscriber<? super Connection> subscriber = actual.getAndSet(null);
        if (subscriber == null) {
            connection.dispose();
        } else {
            try {
                subscriber.onNext(connection);
            } catch (Throwable e) {
                // Against rule 2.13: whoever was to own the connection does not.
                connection.dispose();
                throw e;
            }
            subscriber.onComplete();
        }
    }

    @Override
    protected void onCancelled() {
        closeSocket();
    }

    private void closeSocket() {
        Close.prepare(loop().operations().beginUnwatched(), fd);
    }

    private void fail(String operation, int result) {
        signalError(TransportErrors.of(Family.CONNECT, operation, result, options.address()));
    }

    private void signalError(Throwable error) {
        CoreSubscriber<? super Connection> subscriber = actual.getAndSet(null);
        if (subscriber != null) {
            subscriber.onError(error);
        }
    }
}
