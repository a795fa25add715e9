// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.epoll;

import io.uringreactive.Connection;
import io.uringreactive.ListenOptions;
import io.uringreactive.Listener;
import io.uringreactive.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;

/** A transport with a listener on the loopback device, and connections of plain sockets to it. */
final class Wired implements AutoCloseable {
    static final Duration LIMIT = Duration.ofSeconds(20);

    private final Transport transport;
    private final Listener listener;
    private final BlockingQueue<Connection> accepted = new LinkedBlockingQueue<>();

    private Wired(Transport transport, ListenOptions options) {
        this.transport = transport;
        this.listener = get(transport.listen(options));
        listener.connections().subscribe(accepted::add, error -> {});
    }

    /** Our end and the peer's. */
    record Pair(Connection connection, Socket peer) {
        void write(String text) {
            try {
                peer.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String readText(int bytes) {
            try {
                return new String(peer.getInputStream().readNBytes(bytes), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void reset() {
            try {
                peer.setSoLinger(true, 0);
                peer.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Names of the providers, for parameterized tests. */
    static Stream<String> names() {
        return Stream.of(EpollProvider.NAME, NioProvider.NAME);
    }

    static Transport open(String name, int threads) {
        return (name.equals(NioProvider.NAME) ? new NioProvider() : new EpollProvider())
                .open(threads);
    }

    static ListenOptions loopback() {
        return ListenOptions.port(0).host("127.0.0.1");
    }

    static Wired on(String name) {
        return on(name, loopback());
    }

    static Wired on(String name, ListenOptions options) {
        return new Wired(open(name, 2), options);
    }

    Transport transport() {
        return transport;
    }

    Listener listener() {
        return listener;
    }

    Pair pair() {
        try {
            Socket peer = new Socket();
            peer.connect(listener.address());
            peer.setTcpNoDelay(true);
            peer.setSoTimeout((int) LIMIT.toMillis());
            Connection connection = accepted.poll(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            Assertions.assertNotNull(connection, "not accepted");
            return new Pair(connection, peer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static <T> T get(reactor.core.publisher.Mono<T> mono) {
        T value = mono.block(LIMIT);
        Assertions.assertNotNull(value);
        return value;
    }

    @Override
    public void close() {
        transport.disposeGracefully().block(LIMIT);
    }
}
