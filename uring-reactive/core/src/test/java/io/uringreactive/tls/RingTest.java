// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.tls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.uringreactive.ConnectOptions;
import io.uringreactive.ListenOptions;
import io.uringreactive.Listener;
import io.uringreactive.RingGroup;
import io.uringreactive.RingGroupOptions;
import io.uringreactive.RingScheduler;
import io.uringreactive.RingStatus;
import io.uringreactive.UringNet;
import io.uringreactive.testing.Rings;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What tests on the running kernel share: two rings, a server, and the check that every test leaves
 * nothing behind: no connection, no operation in flight, no buffer, no leak report.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RingTest {
    private static final ConcurrentLinkedQueue<String> NETTY_LEAKS = new ConcurrentLinkedQueue<>();

    private @Nullable RingGroup group;
    private @Nullable Listener listener;
    private @Nullable Disposable serving;

    @BeforeAll
    void startRings() {
        Rings.assumeAvailable();
        group = RingGroup.create(RingGroupOptions.defaults().rings(2));
        ByteBufUtil.setLeakListener((type, records) -> NETTY_LEAKS.add(type + records));
    }

    @AfterAll
    void stopRings() {
        if (group != null) {
            Rings.stop(group());
        }
    }

    @BeforeEach
    void forgetLeaks() {
        NETTY_LEAKS.clear();
    }

    @AfterEach
    void shouldHaveLeftNothingBehind() {
        stopServing();
        for (RingScheduler ring : group().rings()) {
            Rings.await("everything of " + ring + " is given back", () -> isIdle(ring));
        }
        System.gc();
        // The detector looks for what was collected when it is asked to watch something new.
        ByteBufAllocator.DEFAULT.directBuffer(1).release();
        assertEquals(List.of(), List.copyOf(NETTY_LEAKS), "leaked buffers");
    }

    void stopServing() {
        Disposable server = serving;
        if (server != null) {
            server.dispose();
            Objects.requireNonNull(listener).onClose().block(Rings.LIMIT);
            serving = null;
        }
    }

    private static boolean isIdle(RingScheduler ring) {
        RingStatus status = Rings.status(ring);
        return status.inFlight() == 0 && status.connections() == 0 && status.buffersOut() == 0;
    }

    RingGroup group() {
        return Objects.requireNonNull(group);
    }

    int port() {
        return Objects.requireNonNull(listener).address().getPort();
    }

    /** Serves on a free port of 127.0.0.1 until the test ends. */
    void serve(TlsServer server, Function<TlsConnection, Publisher<Void>> handler) {
        serve(group(), server, handler);
    }

    void serve(
            RingGroup rings, TlsServer server, Function<TlsConnection, Publisher<Void>> handler) {
        ListenOptions options = ListenOptions.port(0).host("127.0.0.1").group(rings);
        Listener bound = get(UringNet.listen(options));
        listener = bound;
        serving = bound.serve(server.handler(handler)).subscribe();
    }

    void serveEcho(SSLContext context, TlsOptions options) {
        serve(Tls.server(context, options), RingTest::echoing);
    }

    static Publisher<Void> echoing(TlsConnection conn) {
        return conn.send(conn.receive());
    }

    ConnectOptions target() {
        return ConnectOptions.to("127.0.0.1", port()).group(group());
    }

    Mono<TlsConnection> connect(SSLContext context, TlsOptions options) {
        return Tls.client(context, options).connect(target());
    }

    TlsConnection connected(SSLContext context, TlsOptions options) {
        return get(connect(context, options));
    }

    /** Sends {@code text}, ends the output, and returns all that comes back. */
    static Mono<String> echo(TlsConnection conn, String text) {
        Mono<String> reply = text(conn.receive());
        return conn.sendText(text)
                .then(conn.shutdownOutput())
                .then(Mono.empty())
                .mergeWith(reply)
                .cast(String.class)
                .single()
                .flatMap(all -> conn.close().thenReturn(all));
    }

    static Mono<String> text(Flux<ByteBuf> received) {
        return received.collect(
                        StringBuilder::new,
                        (all, b) -> {
                            all.append(b.toString(UTF_8));
                            b.release();
                        })
                .map(StringBuilder::toString);
    }

    static <T> T get(Mono<T> mono) {
        return Objects.requireNonNull(mono.block(Rings.LIMIT));
    }

    static void done(Mono<Void> mono) {
        mono.block(Rings.LIMIT);
    }
}
