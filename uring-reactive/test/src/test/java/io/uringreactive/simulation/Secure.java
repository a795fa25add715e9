// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.simulation;

import io.uringreactive.Connection;
import io.uringreactive.tls.EngineFactory;
import io.uringreactive.tls.Tls;
import io.uringreactive.tls.TlsClient;
import io.uringreactive.tls.TlsConnection;
import io.uringreactive.tls.TlsLimits;
import io.uringreactive.tls.TlsOptions;
import io.uringreactive.tls.TlsServer;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

/** TLS in a simulation: both sides, and where their lengthy tasks run. */
final class Secure {
    static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(20);
    static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);

    final TlsServer server;
    final TlsClient client;
    final boolean isTls13;

    /** The protocol follows from the seed. */
    Secure(Simulation simulation) {
        this(simulation, simulation.coin() ? "TLSv1.2" : "TLSv1.3");
    }

    Secure(Simulation simulation, String protocol) {
        long seed = simulation.kernel.seed();
        TlsOptions options =
                TlsOptions.defaults()
                        .protocols(protocol)
                        .limits(
                                TlsLimits.defaults()
                                        .handshakeTimeout(HANDSHAKE_TIMEOUT)
                                        .closeTimeout(CLOSE_TIMEOUT))
                        .engines(Secure::engine)
                        .tasks(tasks(simulation));
        this.isTls13 = protocol.equals("TLSv1.3");
        this.server = Tls.server(Keys.server(seed), options);
        this.client = Tls.client(Keys.client(seed), options);
    }

    /** With one group for key exchange: a client makes a key for each that it offers first. */
    private static SSLEngine engine(SSLContext context, @Nullable String host, int port) {
        SSLEngine engine = EngineFactory.jdk().create(context, host, port);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setNamedGroups(new String[] {"x25519"});
        engine.setSSLParameters(parameters);
        return engine;
    }

    /**
     * Tasks run on the test's thread, which is not a ring's, as in production: after a while that
     * follows from the seed, in which the rings go on.
     */
    private static Scheduler tasks(Simulation simulation) {
        Random random = simulation.choices.random();
        return Schedulers.fromExecutor(
                task -> {
                    long nanos = random.nextBoolean() ? 0 : random.nextInt(3_000_000);
                    simulation.kernel.after(Duration.ofNanos(nanos), task);
                });
    }

    /** One side's handshake and what became of it. */
    static final class End {
        final Connection transport;
        private final Disposable subscription;
        private @Nullable TlsConnection connection;
        private @Nullable Throwable error;
        private @Nullable Throwable dropped;

        End(Connection transport, Mono<TlsConnection> handshake) {
            this.transport = transport;
            this.subscription =
                    handshake.subscribe(
                            established -> connection = established,
                            e -> error = e,
                            null,
                            Context.of(
                                    "reactor.onErrorDropped.local",
                                    (Consumer<Throwable>) e -> dropped = e));
        }

        boolean isOver() {
            return connection != null || error != null;
        }

        boolean isSecure() {
            return connection != null;
        }

        TlsConnection connection() {
            return Objects.requireNonNull(connection);
        }

        @Nullable Throwable error() {
            return error;
        }

        /** An error that had nobody to go to. */
        @Nullable Throwable dropped() {
            return dropped;
        }

        @Override
        public String toString() {
            return transport + ", secure: " + connection + ", error: " + error;
        }

        void cancel() {
            subscription.dispose();
        }

        /** Aborts what there is. */
        void dispose() {
            if (connection != null) {
                connection.dispose();
            } else {
                transport.dispose();
            }
        }
    }

    record Ends(End client, End server) {
        boolean areSecure() {
            return client.isSecure() && server.isSecure();
        }
    }

    /** Begins the handshake on both ends of a connection. */
    Ends begin(Simulation.Direct direct) {
        return begin(direct.client(), direct.server());
    }

    Ends begin(Connection clientSide, Connection serverSide) {
        return new Ends(
                new End(clientSide, client.secure(clientSide)),
                new End(serverSide, server.secure(serverSide)));
    }

    /** A connection with TLS on it, from ring to ring. */
    Ends establish(Simulation simulation, Simulation.Direct direct) {
        Ends ends = begin(direct);
        simulation.kernel.run(() -> ends.client().isOver() && ends.server().isOver());
        if (!ends.areSecure()) {
            AssertionError failed = new AssertionError("the handshake failed");
            for (End end : new End[] {ends.client(), ends.server()}) {
                if (end.error() != null) {
                    failed.addSuppressed(end.error());
                }
            }
            throw failed;
        }
        return ends;
    }
}
