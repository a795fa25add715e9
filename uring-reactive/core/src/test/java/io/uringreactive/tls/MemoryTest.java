// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.uringreactive.testing.Rings;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Both ends of TLS over a connection in memory, and the check that no buffer is left. */
abstract class MemoryTest {
    private static final ConcurrentLinkedQueue<String> NETTY_LEAKS = new ConcurrentLinkedQueue<>();

    final SSLContext serverContext = Identity.LOCALHOST.context();
    final SSLContext clientContext = Identity.trusting(Identity.LOCALHOST);
    final Scheduler ring = Schedulers.newSingle("memory-ring");

    /** A client and a server, each with its transport. */
    record Ends(
            TlsConnection client,
            MemoryConnection clientSide,
            TlsConnection server,
            MemoryConnection serverSide) {
        void close() {
            client.dispose();
            server.dispose();
            Mono.when(client.onClose(), server.onClose()).block(Rings.LIMIT);
        }
    }

    @BeforeEach
    void forgetLeaks() {
        ByteBufUtil.setLeakListener((type, records) -> NETTY_LEAKS.add(type + records));
        NETTY_LEAKS.clear();
    }

    @AfterEach
    void shouldHaveLeftNoBuffer() {
        // What was given to the ring before has run when this has.
        Mono.delay(Duration.ofMillis(1), ring).block(Rings.LIMIT);
        ring.disposeGracefully().block(Rings.LIMIT);
        System.gc();
        ByteBufAllocator.DEFAULT.directBuffer(1).release();
        assertEquals(List.of(), List.copyOf(NETTY_LEAKS), "leaked buffers");
    }

    Ends open(int pieceBytes, TlsOptions options) {
        MemoryConnection[] pair = MemoryConnection.pair(ring, pieceBytes);
        Mono<TlsConnection> server = Tls.server(serverContext, options).secure(pair[1]);
        Mono<TlsConnection> client =
                Tls.client(clientContext, options).secure(pair[0], "localhost", 443);
        var both = Objects.requireNonNull(Mono.zip(client, server).block(Rings.LIMIT));
        return new Ends(both.getT1(), pair[0], both.getT2(), pair[1]);
    }
}
