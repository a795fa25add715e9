// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.transport;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.uringreactive.ConnectOptions;
import io.uringreactive.Connection;
import io.uringreactive.TransportErrors;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Schedulers;

/**
 * One subscription to a connect: the look-up of a host's addresses, and a race of {@link
 * Dialer.Attempt}s to them (RFC 8305). The next address is tried when the one before has failed, or
 * has not answered within the attempt delay; the first that connects wins, the others are given up.
 * Confined to the loop, except {@link #request} and {@link #cancel}.
 */
public final class Connector implements Subscription {
    private final Dialer dialer;
    private final ConnectOptions options;

    /** Empty once cancelled or signalled: whoever takes the subscriber out decides which. */
    private final AtomicReference<@Nullable CoreSubscriber<? super Connection>> actual;

    private final Runnable stopHook = () -> end(stopped());
    private final EarlyDemand early = new EarlyDemand();
    private final AtomicBoolean requested = new AtomicBoolean();

    /** Addresses that were not tried yet. */
    private Deque<InetAddress> untried = new ArrayDeque<>();

    private final List<Dialer.Attempt> running = new ArrayList<>();
    private @Nullable Throwable failure;
    private @Nullable Disposable lookUp;
    private Loop.@Nullable Timer limit;
    private Loop.@Nullable Timer nextAttempt;

    /** Until it is watched. */
    private @Nullable LoopConnection emitted;

    private Connector(
            Dialer dialer, ConnectOptions options, CoreSubscriber<? super Connection> actual) {
        this.dialer = dialer;
        this.options = options;
        this.actual = new AtomicReference<>(actual);
    }

    /**
     * Connects anew for each subscriber.
     *
     * @param dialers what to connect with, for each of them; what it throws is the error
     */
    public static Mono<Connection> connect(
            ConnectOptions options, Supplier<? extends Dialer> dialers) {
        return new Mono<>() {
            @Override
            public void subscribe(CoreSubscriber<? super Connection> subscriber) {
                Dialer dialer;
                try {
                    dialer = dialers.get();
                } catch (RuntimeException e) {
                    Operators.error(subscriber, e);
                    return;
                }
                Connector connector = new Connector(dialer, options, subscriber);
                subscriber.onSubscribe(connector);
                connector.early.open(connector::onDemand);
            }

            @Override
            public String toString() {
                return "connect to " + options.address();
            }
        };
    }

    @Override
    public void request(long n) {
        early.request(n, this::onDemand);
    }

    private void onDemand(long n) {
        if (n <= 0) {
            loop().run(() -> end(Signals.badRequest(n)));
        } else if (requested.compareAndSet(false, true)) {
            loop().run(this::start);
        }
    }

    @Override
    public void cancel() {
        if (actual.getAndSet(null) != null) {
            loop().run(this::giveUp);
        } else if (!loop().isInLoop()) {
            loop().execute(this::watchEmitted);
        }
    }

    private Loop loop() {
        return dialer.loop();
    }

    private boolean isOver() {
        return actual.get() == null;
    }

    private void start() {
        if (loop().isStopping()) {
            end(stopped());
            return;
        }
        if (isOver()) {
            return;
        }
        loop().addStopHook(stopHook);
        limit = loop().after(NANOSECONDS.convert(options.timeout()), this::onTimeLimit);
        InetSocketAddress address = options.address();
        if (address.isUnresolved()) {
            resolveElsewhere();
        } else {
            untried.add(address.getAddress());
            tryNext();
        }
    }

    private void resolveElsewhere() {
        try {
            lookUp = Schedulers.boundedElastic().schedule(this::resolve);
        } catch (RejectedExecutionException e) {
            end(e);
        }
    }

    /** May block; not on the loop. */
    private void resolve() {
        String host = options.address().getHostString();
        try {
            Deque<InetAddress> found = AddressOrder.interleave(options.resolver().resolve(host));
            if (found.isEmpty()) {
                throw new UnknownHostException(host);
            }
            loop().execute(() -> onResolved(found));
        } catch (Throwable e) {
            // The resolver is the user's: whatever it throws, somebody waits for an answer.
            loop().execute(() -> end(e));
        }
    }

    private void onResolved(Deque<InetAddress> addresses) {
        lookUp = null;
        if (!isOver()) {
            untried = addresses;
            tryNext();
        }
    }

    private void tryNext() {
        stop(nextAttempt);
        nextAttempt = null;
        InetAddress address = untried.poll();
        if (address == null) {
            return;
        }
        Dialer.Attempt attempt =
                dialer.attempt(this, new InetSocketAddress(address, options.address().getPort()));
        running.add(attempt);
        if (!untried.isEmpty()) {
            nextAttempt = loop().after(NANOSECONDS.convert(options.attemptDelay()), this::tryNext);
        }
        attempt.start();
    }

    /** {@code attempt} has failed; on the loop. */
    public void onFailed(Dialer.Attempt attempt, Throwable error) {
        running.remove(attempt);
        Throwable first = failure;
        if (first == null) {
            failure = error;
        } else {
            first.addSuppressed(error);
        }
        if (!untried.isEmpty() && !isOver()) {
            tryNext();
        } else if (running.isEmpty()) {
            end(first == null ? error : first);
        }
    }

    /** {@code attempt} has brought {@code connection} about; on the loop. */
    public void onConnected(Dialer.Attempt attempt, LoopConnection connection) {
        running.remove(attempt);
        CoreSubscriber<? super Connection> subscriber = actual.getAndSet(null);
        giveUp();
        if (subscriber == null) {
            connection.dispose();
            return;
        }
        emitted = connection;
        try {
            subscriber.onNext(connection);
        } catch (Throwable e) {
            // Against rule 2.13: whoever was to own the connection does not.
            connection.dispose();
            throw e;
        }
        subscriber.onComplete();
    }

    /**
     * Another thread has cancelled when the connection was on its way, or just there. The
     * subscriber may have ignored it, having decided to cancel: then nobody else knows of it.
     */
    private void watchEmitted() {
        LoopConnection connection = emitted;
        if (connection != null) {
            emitted = null;
            connection.watchUnclaimed(options.timeout(), "connect()", () -> {});
        }
    }

    private void onTimeLimit() {
        String doing = lookUp == null ? "no answer within " : "no address found within ";
        end(TransportErrors.timedOut("connect", doing + options.timeout(), options.address()));
    }

    private static Throwable stopped() {
        return Exceptions.failWithRejected("the connection's thread has stopped");
    }

    private void end(Throwable error) {
        giveUp();
        CoreSubscriber<? super Connection> subscriber = actual.getAndSet(null);
        if (subscriber != null) {
            subscriber.onError(error);
        }
    }

    /** Whatever is under way is not needed any more. */
    private void giveUp() {
        loop().removeStopHook(stopHook);
        stop(limit);
        stop(nextAttempt);
        untried.clear();
        Disposable resolving = lookUp;
        if (resolving != null) {
            lookUp = null;
            resolving.dispose();
        }
        List.copyOf(running).forEach(Dialer.Attempt::giveUp);
        running.clear();
    }

    private static void stop(Loop.@Nullable Timer timer) {
        if (timer != null) {
            timer.cancel();
        }
    }
}
