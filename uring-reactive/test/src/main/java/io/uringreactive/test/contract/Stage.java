// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test.contract;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.netty.buffer.ByteBuf;
import io.uringreactive.ConnectFailed;
import io.uringreactive.ConnectOptions;
import io.uringreactive.Connection;
import io.uringreactive.ListenOptions;
import io.uringreactive.Listener;
import io.uringreactive.Transport;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * One test's use of the transport. Keeps what the test opens, and at the end ends it and checks
 * that all buffers were released, no rule was broken and nothing is left.
 */
public final class Stage implements AutoCloseable {
    /** How long something that must not happen is waited for. */
    static final Duration QUIET = Duration.ofMillis(100);

    private static final int SEEDS = 3;

    /** Connects until a listener is bound; each takes a fraction of a millisecond. */
    private static final int BINDING_TRIES_MAX = 10_000;

    private final Duration limit = Duration.ofMillis(Long.getLong("contract.millis", 10_000));
    private final Subject subject;
    private final Queue<Connection> connections = new ConcurrentLinkedQueue<>();
    private final Queue<Listener> listeners = new ConcurrentLinkedQueue<>();
    private final Queue<Probe<?>> probes = new ConcurrentLinkedQueue<>();
    private final Outgoing outgoing = new Outgoing();
    private final LeakReports leaks = LeakReports.begun();

    Stage(Subject subject) {
        this.subject = subject;
    }

    Subject subject() {
        return subject;
    }

    Transport transport() {
        return subject.transport();
    }

    /** Buffers to be sent, each of which must be released at the end. */
    Outgoing outgoing() {
        return outgoing;
    }

    /** On a free port of 127.0.0.1. */
    ListenOptions loopback() {
        return ListenOptions.port(0).host("127.0.0.1");
    }

    ConnectOptions to(InetSocketAddress address) {
        return ConnectOptions.to(address);
    }

    Listener listen() {
        return listen(loopback());
    }

    Listener listen(ListenOptions options) {
        Listener listener = get(transport().listen(options));
        listeners.add(listener);
        return listener;
    }

    Connection connect(InetSocketAddress address) {
        return track(get(transport().connect(to(address))));
    }

    /** To a listener that binds in its own time: tries until somebody listens. */
    Connection connectWhenBound(InetSocketAddress address) {
        Probe<Connection> attempt;
        int tries = 0;
        do {
            attempt = probe(transport().connect(to(address)), 1);
            await("an answer", attempt::isDone);
        } while (attempt.error() instanceof ConnectFailed && ++tries < BINDING_TRIES_MAX);
        complete(attempt);
        return track(attempt.items().getFirst());
    }

    Connection track(Connection connection) {
        connections.add(connection);
        return connection;
    }

    Pair pair() {
        return pair(options -> options, options -> options);
    }

    Pair pair(UnaryOperator<ListenOptions> listening, UnaryOperator<ConnectOptions> connecting) {
        Listener listener = listen(listening.apply(loopback()));
        Probe<Connection> accepted = probe(listener.connections().next(), 1);
        Connection client =
                track(get(transport().connect(connecting.apply(to(listener.address())))));
        await(() -> "the connection is accepted: " + accepted, accepted::isDone);
        return new Pair(track(accepted.items().getFirst()), client);
    }

    /** Takes the signals of {@code publisher}, of which {@code n} are requested. */
    <T> Probe<T> probe(Publisher<T> publisher, long n) {
        return subscribe(publisher, new Probe<>(), n);
    }

    Bytes bytes(Connection connection, long n) {
        return subscribe(connection.receive(), new Bytes(Bytes.Content.SEQUENCE), n);
    }

    Bytes text(Connection connection) {
        return subscribe(connection.receive(), new Bytes(Bytes.Content.ANY), Long.MAX_VALUE);
    }

    <T, P extends Probe<T>> P subscribe(Publisher<T> publisher, P probe, long n) {
        probes.add(probe);
        if (n > 0) {
            probe.request(n);
        }
        publisher.subscribe(probe);
        return probe;
    }

    Probe<Void> run(Mono<Void> mono) {
        return probe(mono, Long.MAX_VALUE);
    }

    <T> T get(Publisher<T> publisher) {
        Probe<T> probe = probe(publisher, Long.MAX_VALUE);
        complete(probe);
        return probe.items().getFirst();
    }

    void done(Publisher<?> publisher) {
        complete(probe(publisher, Long.MAX_VALUE));
    }

    void complete(Probe<?> probe) {
        await(() -> "it completes: " + probe, probe::isDone);
        if (probe.error() != null) {
            throw new AssertionError("failed: " + probe.error(), probe.error());
        }
    }

    <E extends Throwable> E failure(Class<E> type, Publisher<?> publisher) {
        return failure(type, probe(publisher, Long.MAX_VALUE));
    }

    <E extends Throwable> E failure(Class<E> type, Probe<?> probe) {
        await(() -> "it fails with " + type.getSimpleName() + ": " + probe, probe::isDone);
        return assertInstanceOf(type, probe.error());
    }

    void await(String what, BooleanSupplier condition) {
        await(() -> what, condition);
    }

    void await(Supplier<String> what, BooleanSupplier condition) {
        if (!subject.within(limit, condition)) {
            throw new AssertionError("still not, after " + limit + ": " + what.get());
        }
    }

    /** That {@code condition} does not stop to hold for a while. */
    void holds(String what, BooleanSupplier condition) {
        if (subject.within(QUIET, () -> !condition.getAsBoolean())) {
            throw new AssertionError("no longer: " + what);
        }
    }

    /** What {@code value} is once it has not changed for a while. */
    long settled(LongSupplier value) {
        long[] last = {value.getAsLong()};
        await(
                () -> "it settles: " + last[0],
                () -> {
                    last[0] = value.getAsLong();
                    return true;
                });
        while (subject.within(QUIET, () -> value.getAsLong() != last[0])) {
            last[0] = value.getAsLong();
        }
        return last[0];
    }

    void elsewhere(Runnable action) {
        subject.elsewhere(action);
    }

    /** The thread of {@code connection}'s scheduler. */
    Thread thread(Connection connection) {
        AtomicReference<@Nullable Thread> thread = new AtomicReference<>();
        var task = connection.scheduler().schedule(() -> thread.set(Thread.currentThread()));
        await(() -> "the scheduler runs " + task, () -> thread.get() != null);
        return Objects.requireNonNull(thread.get());
    }

    /** Echoes on {@code listener} from now on. */
    Probe<Void> serve(
            Listener listener, Function<? super Connection, ? extends Publisher<Void>> handler) {
        return run(listener.serve(handler));
    }

    /**
     * Runs {@code test} with several seeds, or with {@code -Dcontract.seed}; a failure names it.
     */
    void seeded(Consumer<Random> test) {
        Long chosen = Long.getLong("contract.seed");
        for (int i = 0; i < (chosen == null ? SEEDS : 1); i++) {
            long seed = chosen == null ? ThreadLocalRandom.current().nextLong() : chosen;
            try {
                test.accept(new Random(seed));
                expectNoRuleBroken();
            } catch (AssertionError e) {
                throw new AssertionError("with -Dcontract.seed=" + seed + ": " + e.getMessage(), e);
            }
        }
    }

    void expectNoRuleBroken() {
        List<String> broken = new ArrayList<>();
        probes.forEach(probe -> broken.addAll(probe.broken()));
        if (!broken.isEmpty()) {
            throw new AssertionError("broken: " + broken);
        }
    }

    @Override
    public void close() {
        try (subject) {
            expectNoRuleBroken();
            listeners.forEach(Listener::dispose);
            connections.forEach(Connection::dispose);
            for (Listener listener : listeners) {
                complete(run(listener.onClose()));
            }
            for (Connection connection : connections) {
                complete(run(connection.onClose()));
            }
            for (Probe<?> probe : probes) {
                if (probe instanceof Bytes bytes) {
                    bytes.kept().forEach(ByteBuf::release);
                    bytes.kept().clear();
                }
            }
            await(outgoing::unreleased, () -> outgoing.unreleased().isEmpty());
            subject.expectNothingLeft();
            expectNoRuleBroken();
        }
        leaks.expectNone();
    }
}
