// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.ConnectFailed;
import io.uringreactive.Connection;
import io.uringreactive.Listener;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** How connections come to be: addresses, failures, and what was given up. */
public interface ConnectContract extends Theme {
    int SHORT_CONNECTIONS = 1_000;
    int AT_A_TIME = 32;

    @Test
    default void shouldTellBothEndsTheirAddresses() {
        Listener listener = stage().listen();
        Probe<Connection> accepted = stage().probe(listener.connections(), 1);
        Connection client = stage().connect(listener.address());
        stage().await("it is accepted", () -> accepted.count() == 1);
        Connection server = stage().track(accepted.items().getFirst());
        assertEquals(listener.address(), client.remoteAddress());
        assertEquals(listener.address(), server.localAddress());
        InetSocketAddress local = client.localAddress();
        assertEquals(local, server.remoteAddress());
        String port = String.valueOf(listener.address().getPort());
        assertTrue(client.toString().contains(port), client.toString());
        assertTrue(listener.toString().contains(port), listener.toString());
    }

    @Test
    default void shouldConnectAnewForEachSubscription() {
        Listener listener = stage().listen();
        Probe<Void> serving =
                stage().serve(listener, conn -> conn.receive().doOnNext(b -> b.release()).then());
        Mono<Connection> connect = stage().transport().connect(stage().to(listener.address()));
        Connection first = stage().track(stage().get(connect));
        Connection second = stage().track(stage().get(connect));
        assertNotSame(first, second);
        stage().done(first.close());
        assertFalse(second.isDisposed());
        assertFalse(serving.isDone());
    }

    @Test
    default void shouldFailWhereNobodyListens() {
        Listener listener = stage().listen();
        InetSocketAddress address = listener.address();
        listener.dispose();
        stage().done(listener.onClose());
        stage().failure(ConnectFailed.class, stage().transport().connect(stage().to(address)));
    }

    @Test
    default void shouldLeaveNothingOfAConnectThatIsCancelledAtAnyPoint() {
        Listener listener = stage().listen();
        AtomicInteger live = new AtomicInteger();
        AtomicInteger served = new AtomicInteger();
        stage().serve(
                        listener,
                        conn -> {
                            live.incrementAndGet();
                            served.incrementAndGet();
                            return conn.receive()
                                    .doOnNext(b -> b.release())
                                    .then()
                                    .doFinally(signal -> live.decrementAndGet());
                        });
        // Every way as often as the others: chance might leave one out, which then proves nothing.
        for (int i = 0; i < 40; i++) {
            boolean wanted = i % 2 == 1;
            boolean waits = wanted && i / 2 % 2 == 1;
            Probe<Connection> connect =
                    stage().probe(
                                    stage().transport().connect(stage().to(listener.address())),
                                    wanted ? 1 : 0);
            int before = served.get();
            if (waits) {
                stage().await(
                                "it is served or connected",
                                () -> served.get() > before || connect.isDone());
            }
            if (i / 4 % 2 == 1) {
                stage().elsewhere(connect::cancel);
            } else {
                connect.cancel();
            }
            // Emitted before the cancel, it is the test's.
            connect.items().forEach(Connection::dispose);
        }
        stage().expectNoRuleBroken();
        Connection last = stage().connect(listener.address());
        stage().await("the last one is served", () -> served.get() > 0 && live.get() > 0);
        stage().done(last.close());
        stage().await(() -> live + " are still served", () -> live.get() == 0);
    }

    @Test
    default void shouldServeAThousandShortConnections() {
        Listener listener = stage().listen();
        stage().serve(listener, conn -> conn.send(conn.receive()));
        AtomicInteger echoed = new AtomicInteger();
        Flux<Void> clients =
                Flux.range(0, SHORT_CONNECTIONS)
                        .flatMap(
                                i ->
                                        stage().transport()
                                                .connect(stage().to(listener.address()))
                                                .flatMap(
                                                        conn ->
                                                                conn.handle(
                                                                        c ->
                                                                                visit(
                                                                                        c,
                                                                                        "client "
                                                                                                + i,
                                                                                        echoed))),
                                AT_A_TIME);
        stage().done(clients);
        assertEquals(SHORT_CONNECTIONS, echoed.get());
    }

    private static Mono<Void> visit(Connection conn, String text, AtomicInteger echoed) {
        Mono<String> answer =
                conn.receiveText()
                        .reduce(String::concat)
                        .doOnNext(
                                got -> {
                                    assertEquals(text, got);
                                    echoed.incrementAndGet();
                                });
        return Mono.when(conn.sendText(text).then(conn.shutdownOutput()), answer);
    }
}
