// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.uringreactive.testing.Rings;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Both ends ours, on the running kernel. */
class TlsEchoTest extends RingTest {
    private static final int CHUNK = 60_000;

    private final SSLContext server = Identity.LOCALHOST.context();
    private final SSLContext client = Identity.trusting(Identity.LOCALHOST);

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void shouldEcho(String protocol) {
        TlsOptions options = TlsOptions.defaults().protocols(protocol);
        serveEcho(server, options);
        TlsConnection conn = connected(client, options);
        assertEquals(protocol, conn.protocol());
        assertTrue(conn.cipherSuite().startsWith("TLS_"), conn.cipherSuite());
        assertNull(conn.applicationProtocol());
        assertEquals(Identity.LOCALHOST.certificate(), conn.peerCertificates().getFirst());
        String text = conn.toString();
        assertTrue(text.startsWith(protocol + " " + conn.cipherSuite() + " over "), text);
        assertEquals(port(), Objects.requireNonNull(conn.remoteAddress()).getPort());
        assertEquals("hello", get(echo(conn, "hello")));
        assertTrue(conn.isDisposed());
    }

    /** Of all sizes around a record's, to be whole and in order at the other end. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4095, 4097, 16383, 16384, 16385, 100_000})
    void shouldEchoInPiecesOf(int size) {
        serveEcho(server, TlsOptions.defaults());
        TlsConnection conn = connected(client, TlsOptions.defaults());
        String text = "0123456789".repeat(30_000).substring(0, 3 * size - 1);
        Flux<ByteBuf> pieces =
                Flux.range(0, 3)
                        .map(i -> text.substring(i * size, Math.min(text.length(), (i + 1) * size)))
                        .map(piece -> ByteBufUtil.writeUtf8(ByteBufAllocator.DEFAULT, piece));
        Mono<String> reply = text(conn.receive());
        String got =
                get(
                        conn.send(pieces)
                                .then(conn.shutdownOutput())
                                .then(Mono.<String>empty())
                                .mergeWith(reply)
                                .single());
        done(conn.close());
        assertEquals(text, got);
    }

    @Test
    void shouldSignalOnTheRing() {
        serveEcho(server, TlsOptions.defaults());
        ConcurrentLinkedQueue<String> threads = new ConcurrentLinkedQueue<>();
        Runnable note = () -> threads.add(Thread.currentThread().getName());
        TlsConnection conn =
                get(connect(client, TlsOptions.defaults()).doOnNext(ignored -> note.run()));
        get(
                conn.send(Mono.fromSupplier(() -> ByteBufAllocator.DEFAULT.buffer().writeByte(1)))
                        .doOnSuccess(ignored -> note.run())
                        .thenMany(conn.receive().doOnNext(ignored -> note.run()))
                        .next()
                        .map(ByteBuf::release));
        done(conn.close());
        String ring = conn.scheduler().toString();
        assertEquals(List.of(ring, ring, ring), List.copyOf(threads));
    }

    @Test
    void shouldRunAHandler() {
        serveEcho(server, TlsOptions.defaults());
        StringBuilder got = new StringBuilder();
        TlsConnection conn = connected(client, TlsOptions.defaults());
        done(
                conn.handle(
                        c -> {
                            assertSame(conn, c);
                            return c.sendText("hello")
                                    .thenMany(c.receive().take(1))
                                    .map(
                                            b -> {
                                                got.append(b.readableBytes());
                                                b.release();
                                                return b;
                                            })
                                    .then();
                        }));
        assertEquals("5", got.toString());
        assertTrue(conn.isDisposed());
    }

    @Test
    void shouldCarryMuchBothWaysAtOnce() {
        int chunks = Integer.getInteger("tls.megabytes", 64) * 1024 * 1024 / CHUNK;
        CRC32C sent = new CRC32C();
        CRC32C got = new CRC32C();
        AtomicLong bytes = new AtomicLong();
        serveEcho(server, TlsOptions.defaults());
        TlsConnection conn = connected(client, TlsOptions.defaults());
        Flux<ByteBuf> data =
                Flux.range(0, chunks)
                        .map(
                                i -> {
                                    byte[] chunk = new byte[CHUNK];
                                    new Random(i).nextBytes(chunk);
                                    sent.update(chunk);
                                    return ByteBufAllocator.DEFAULT
                                            .directBuffer(CHUNK)
                                            .writeBytes(chunk);
                                });
        Mono<Void> reading =
                conn.receive()
                        .doOnNext(
                                b -> {
                                    bytes.addAndGet(b.readableBytes());
                                    got.update(b.nioBuffer());
                                    b.release();
                                })
                        .then();
        Mono.when(conn.send(data).then(conn.shutdownOutput()), reading)
                .block(Rings.LIMIT.multipliedBy(6));
        done(conn.close());
        assertEquals((long) chunks * CHUNK, bytes.get());
        assertEquals(sent.getValue(), got.getValue());
    }

    @Test
    void shouldDoAThousandHandshakes() {
        serveEcho(server, TlsOptions.defaults());
        long whole =
                get(
                        Flux.range(0, 1000)
                                .flatMap(
                                        i ->
                                                connect(client, TlsOptions.defaults())
                                                        .flatMap(c -> echo(c, "message " + i))
                                                        .map(("message " + i)::equals),
                                        20)
                                .filter(Boolean::booleanValue)
                                .count());
        assertEquals(1000, whole);
    }
}
