// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.boot;

import io.uringreactive.BindFailed;
import io.uringreactive.ListenerStatus;
import io.uringreactive.TransportUnavailable;
import io.uringreactive.http.HttpHandler;
import io.uringreactive.http.HttpOptions;
import io.uringreactive.http.HttpServer;
import io.uringreactive.http.UringHttp;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.GracefulShutdownCallback;
import org.springframework.boot.web.server.GracefulShutdownResult;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.Shutdown;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.WebServerException;
import reactor.core.Exceptions;
import reactor.core.scheduler.Schedulers;

/**
 * Spring Boot's handle on one {@link HttpServer} at a time. Made by {@link
 * UringReactiveWebServerFactory}. Safe from any thread.
 *
 * <pre>
 *   STOPPED --start()--> RUNNING --shutDownGracefully()--> DRAINING
 *      ^--------stop()------+------------stop()---------------+
 * </pre>
 */
public final class UringWebServer implements WebServer {
    private static final Log LOG = LogFactory.getLog(UringWebServer.class);

    /** How long {@link #stop()} waits until the port is free again. */
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

    private static final ListenerStatus NO_LISTENER = new ListenerStatus(0, 0, 0);

    private final HttpOptions options;
    private final HttpHandler handler;
    private final ServerTransport transport;
    private final Shutdown shutdown;
    private final boolean listens;
    private volatile @Nullable HttpServer server;
    private volatile @Nullable GracefulShutdown draining;

    UringWebServer(
            HttpOptions options,
            HttpHandler handler,
            ServerTransport transport,
            Shutdown shutdown,
            boolean listens) {
        this.options = options;
        this.handler = handler;
        this.transport = transport;
        this.shutdown = shutdown;
        this.listens = listens;
    }

    /** Binds; does nothing when it is bound, or when the port is negative. */
    @Override
    public synchronized void start() {
        if (server != null || !listens) {
            return;
        }
        HttpServer started = listen();
        server = started;
        LOG.info("Uring started on port " + started.address().getPort() + " (http)");
        keepProcessAlive(started);
    }

    private HttpServer listen() {
        HttpOptions complete =
                options.transport() == null ? options.transport(transport.get()) : options;
        try {
            HttpServer started = UringHttp.listen(complete, handler).block();
            if (started == null) {
                throw new IllegalStateException("listen() emitted nothing");
            }
            return started;
        } catch (RuntimeException e) {
            throw failure(complete.listen().address(), Exceptions.unwrap(e));
        }
    }

    private static RuntimeException failure(InetSocketAddress address, Throwable cause) {
        if (cause instanceof TransportUnavailable unavailable) {
            return unavailable;
        }
        if (cause instanceof BindFailed failed && failed.isAddressInUse()) {
            return new PortInUseException(address.getPort(), failed);
        }
        return new WebServerException("Unable to start Uring: " + cause.getMessage(), cause);
    }

    /** The rings' threads are daemons: without another thread the process would end after main. */
    private static void keepProcessAlive(HttpServer server) {
        Thread waiting = new Thread(() -> awaitEnd(server), "uring-server");
        waiting.setContextClassLoader(UringWebServer.class.getClassLoader());
        waiting.setDaemon(false);
        waiting.start();
    }

    private static void awaitEnd(HttpServer server) {
        try {
            server.onClose().block();
        } catch (RuntimeException e) {
            LOG.error("Uring has stopped listening", Exceptions.unwrap(e));
        }
    }

    /**
     * Accepts no more, closes idle connections, lets what is being answered end, and tells {@code
     * callback} IDLE then; REQUESTS_ACTIVE when {@link #stop()} comes first; IMMEDIATE, at once,
     * when that is what {@code server.shutdown} says.
     */
    @Override
    public void shutDownGracefully(GracefulShutdownCallback callback) {
        if (shutdown == Shutdown.IMMEDIATE) {
            callback.shutdownComplete(GracefulShutdownResult.IMMEDIATE);
            return;
        }
        HttpServer current = server;
        if (current == null) {
            callback.shutdownComplete(GracefulShutdownResult.IDLE);
            return;
        }
        GracefulShutdown begun = new GracefulShutdown(callback);
        draining = begun;
        LOG.info("Commencing graceful shutdown. Waiting for active requests to complete");
        current.stop()
                .subscribe(
                        nothing -> {},
                        error -> begun.end(GracefulShutdownResult.REQUESTS_ACTIVE),
                        () -> begun.end(GracefulShutdownResult.IDLE));
    }

    /** Resets what is still connected, and returns when the port is free again. */
    @Override
    public synchronized void stop() {
        HttpServer current = server;
        if (current == null) {
            return;
        }
        server = null;
        GracefulShutdown begun = draining;
        draining = null;
        if (begun != null) {
            begun.end(GracefulShutdownResult.REQUESTS_ACTIVE);
        }
        current.dispose();
        if (!Schedulers.isInNonBlockingThread()) {
            current.onClose().onErrorComplete().block(STOP_TIMEOUT);
        }
    }

    /** Where it listens; -1 while it does not. */
    @Override
    public int getPort() {
        HttpServer current = server;
        return current == null ? -1 : current.address().getPort();
    }

    /** What its listener has done; nothing while it does not listen. */
    public ListenerStatus listener() {
        HttpServer current = server;
        return current == null ? NO_LISTENER : current.listener();
    }

    /** How many connections are open. */
    public int connections() {
        HttpServer current = server;
        return current == null ? 0 : current.connections();
    }

    /** Tells its callback once, whichever end comes first. */
    private static final class GracefulShutdown {
        private final AtomicReference<@Nullable GracefulShutdownCallback> callback;

        GracefulShutdown(GracefulShutdownCallback callback) {
            this.callback = new AtomicReference<>(callback);
        }

        void end(GracefulShutdownResult result) {
            GracefulShutdownCallback told = callback.getAndSet(null);
            if (told != null) {
                LOG.info(
                        result == GracefulShutdownResult.IDLE
                                ? "Graceful shutdown complete"
                                : "Graceful shutdown aborted with one or more requests still"
                                        + " active");
                told.shutdownComplete(result);
            }
        }
    }
}
