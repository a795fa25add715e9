// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.Connection;
import io.uringreactive.ConnectionOptions;
import io.uringreactive.ConnectionReset;
import io.uringreactive.ListenOptions;
import io.uringreactive.Listener;
import io.uringreactive.SocketOptions;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** What a plain socket at the other end sees, and does. */
public interface PlainPeerContract extends Theme {
    int KERNEL_BYTES = 16 * 1024;
    int PLENTY_BYTES = 8 * 1024 * 1024;

    private void with(ListenOptions options, BiConsumer<Connection, RawPeer> test) {
        Listener listener = stage().listen(options);
        Probe<Connection> accepted = stage().probe(listener.connections(), 1);
        try (RawPeer peer = RawPeer.connect(listener.address(), KERNEL_BYTES)) {
            stage().await("it is accepted", () -> accepted.count() == 1);
            test.accept(stage().track(accepted.items().getFirst()), peer);
        }
    }

    @Test
    default void shouldHoldNoMoreThanItsBound() {
        int window = 16 * 1024;
        ConnectionOptions limits = ConnectionOptions.defaults().windowBytes(window);
        ListenOptions options =
                stage().loopback()
                        .socket(SocketOptions.defaults().receiveBufferBytes(KERNEL_BYTES))
                        .connection(limits);
        with(
                options,
                (conn, peer) -> {
                    Bytes bytes = stage().bytes(conn, 1);
                    long[] written = new long[1];
                    long stalled =
                            stage().settled(
                                            () ->
                                                    written[0] +=
                                                            peer.write(
                                                                    Sequence.bytes(
                                                                            written[0], 10_000)));
                    assertTrue(stalled < PLENTY_BYTES);
                    InetSocketAddress local = Objects.requireNonNull(conn.localAddress());
                    long held =
                            stalled
                                    - KernelQueues.bytes(peer.port(), local.getPort())
                                    - bytes.bytes();
                    assertTrue(
                            held <= stage().subject().heldBytesMax(limits),
                            () -> held + " bytes are held");
                    assertEquals(1, bytes.count());
                    bytes.request(Long.MAX_VALUE - 1);
                    peer.shutdownOutput();
                    stage().complete(bytes);
                    assertEquals(stalled, bytes.bytes());
                });
    }

    @Test
    default void shouldCountWhatTheKernelHasTaken() {
        with(
                stage().loopback(),
                (conn, peer) -> {
                    stage().done(conn.sendText("some"));
                    assertEquals(4, conn.sentBytes());
                    Probe<Void> send = stage().run(conn.sendText("x".repeat(PLENTY_BYTES)));
                    stage().await("a part is counted", () -> conn.sentBytes() > 4);
                    long before = stage().settled(conn::sentBytes);
                    assertTrue(before < PLENTY_BYTES, () -> before + " bytes are sent");
                    stage().await(
                                    () -> "it takes them: " + conn.sentBytes(),
                                    () -> peer.read() != null && send.isDone());
                    assertEquals(PLENTY_BYTES + 4, conn.sentBytes());
                });
    }

    @Test
    default void shouldBoundWhatIsUnsentUntilThePeerHasTakenMuch() {
        SocketOptions bounded = SocketOptions.defaults().unsentBytesMax(KERNEL_BYTES);
        with(
                stage().loopback().socket(bounded),
                (conn, peer) -> {
                    Probe<Void> send = stage().run(conn.sendText("x".repeat(PLENTY_BYTES)));
                    stage().await("a part is sent", () -> conn.sentBytes() > 0);
                    long toStranger = stage().settled(conn::sentBytes);
                    assertEquals(
                            stage().subject().boundsUnsentBytes(),
                            toStranger < SocketOptions.PROVEN_BYTES,
                            () -> toStranger + " bytes for a peer that takes nothing");
                    int[] taken = new int[1];
                    stage().await(
                                    () -> "the peer takes much: " + taken[0],
                                    () -> {
                                        taken[0] = peer.readOnce();
                                        return conn.sentBytes() >= SocketOptions.PROVEN_BYTES;
                                    });
                    long ahead = stage().settled(conn::sentBytes) - taken[0];
                    assertTrue(
                            ahead > SocketOptions.PROVEN_BYTES,
                            () -> ahead + " bytes for a peer that has taken much");
                    assertFalse(send.isDone());
                    conn.dispose();
                });
    }

    @Test
    default void shouldGoOnSendingToASlowPeerThatHasEnded() {
        with(
                stage().loopback(),
                (conn, peer) -> {
                    peer.shutdownOutput();
                    stage().complete(stage().text(conn));
                    Probe<Void> send = stage().run(conn.sendText("x".repeat(PLENTY_BYTES)));
                    stage().await("a part is sent", () -> conn.sentBytes() > 0);
                    stage().settled(conn::sentBytes);
                    stage().await(
                                    () -> "it takes them: " + conn.sentBytes() + ", " + send,
                                    () -> peer.read() != null && send.isDone());
                    stage().complete(send);
                    assertEquals(PLENTY_BYTES, conn.sentBytes());
                });
    }

    @Test
    default void shouldEndInOrderForAPeerWhoseInputIsUnread() {
        with(
                stage().loopback(),
                (conn, peer) -> {
                    peer.write("x".repeat(1000));
                    Probe<Void> close = stage().run(conn.sendText("answer").then(conn.close()));
                    stage().await(
                                    () -> "an end in order: " + peer.state(),
                                    () -> peer.state() != RawPeer.State.OPEN);
                    assertEquals(RawPeer.State.ENDED, peer.state());
                    assertEquals("answer", peer.text());
                    peer.shutdownOutput();
                    stage().complete(close);
                });
    }

    @Test
    default void shouldLeaveToTheKernelWhatItHasForASlowPeer() {
        String text = "x".repeat(60_000);
        ListenOptions options =
                stage().loopback()
                        .socket(SocketOptions.defaults().sendBufferBytes(4 * text.length()))
                        .connection(
                                ConnectionOptions.defaults().closeTimeout(Duration.ofMillis(50)));
        with(
                options,
                (conn, peer) -> {
                    stage().done(conn.sendText(text));
                    stage().done(conn.close());
                    stage().await(
                                    () -> "an end: " + peer.state(),
                                    () -> peer.state() != RawPeer.State.OPEN);
                    assertEquals(RawPeer.State.ENDED, peer.state());
                    assertEquals(text, peer.text());
                });
    }

    @Test
    default void shouldResetThePeerWhenItAborts() {
        with(
                stage().loopback(),
                (conn, peer) -> {
                    conn.dispose();
                    stage().await("a reset", () -> peer.state() == RawPeer.State.RESET);
                });
    }

    @Test
    default void shouldResetThePeerOfAHandlerThatFails() {
        with(
                stage().loopback(),
                (conn, peer) -> {
                    stage().done(
                                    conn.handle(
                                            c ->
                                                    Mono.error(
                                                            new IllegalStateException(
                                                                    "thrown by a test"))));
                    stage().await("a reset", () -> peer.state() == RawPeer.State.RESET);
                });
    }

    @Test
    default void shouldTellOfThePeersReset() {
        with(
                stage().loopback(),
                (conn, peer) -> {
                    Bytes bytes = stage().bytes(conn, 5);
                    peer.reset();
                    stage().failure(ConnectionReset.class, bytes);
                });
    }

    @Test
    default void shouldEndEachDirectionByItself() {
        with(
                stage().loopback(),
                (conn, peer) -> {
                    Bytes got = stage().text(conn);
                    stage().done(conn.shutdownOutput());
                    stage().await("the end", () -> peer.state() == RawPeer.State.ENDED);
                    peer.write("after the end");
                    stage().await(
                                    () -> "it arrives: " + got,
                                    () -> got.text().equals("after the end"));
                    peer.shutdownOutput();
                    stage().complete(got);
                });
    }
}
