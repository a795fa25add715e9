// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.guide;

import static io.uringreactive.guide.Machine.LIMIT;
import static io.uringreactive.guide.Machine.ask;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.BindFailed;
import io.uringreactive.Connection;
import io.uringreactive.ListenOptions;
import io.uringreactive.Listener;
import io.uringreactive.Net;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** guide/serve.md. */
class ServeTest {
    private static Listener listener() {
        return Objects.requireNonNull(Net.listen(ListenOptions.port(0)).block(LIMIT));
    }

    @Test
    void shouldServe() throws Exception {
        Listener listener = listener();
        // #region serve
        Mono<Void> served = listener.serve(conn -> conn.send(conn.receive()));
        // #endregion serve
        served.subscribe();
        assertEquals("hello", ask(listener.address().getPort(), "hello"));
        // #region stop
        listener.stop().block(); // takes no more, after what waits in the backlog
        // #endregion stop
        assertTrue(listener.isDisposed());
    }

    @Test
    void shouldAccept() throws Exception {
        Listener listener = listener();
        Flux<Connection> connections = listener.connections();
        // #region accept
        Flux<Void> all =
                connections.flatMap(
                        conn -> conn.handle(c -> c.send(c.receive())),
                        Integer.MAX_VALUE); // the default is 256: the 257th would wait
        // #endregion accept
        Disposable running = all.subscribe();
        assertEquals("hello", ask(listener.address().getPort(), "hello"));
        running.dispose();
    }

    @Test
    void shouldAcceptByRing() throws Exception {
        Listener listener = listener();
        // #region parallel
        listener.connectionsByRing()
                .flatMap(conn -> conn.handle(c -> c.send(c.receive())), false, Integer.MAX_VALUE)
                .subscribe();
        // #endregion parallel
        assertEquals("hello", ask(listener.address().getPort(), "hello"));
        listener.dispose();
    }

    @Test
    void shouldTellThatThePortIsTaken() {
        Listener listener = listener();
        int port = listener.address().getPort();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        // #region bind
        Net.serve(port, conn -> conn.close())
                .onErrorResume(
                        BindFailed.class,
                        error -> error.isAddressInUse() ? waitForIt(error) : Mono.error(error))
                .block();
        // #endregion bind
        Net.serve(port, conn -> conn.close())
                .onErrorResume(
                        error -> {
                            failure.set(error);
                            return Mono.empty();
                        })
                .block(LIMIT);
        BindFailed failed = assertInstanceOf(BindFailed.class, failure.get());
        assertTrue(failed.getMessage().endsWith(": the port is in use (EADDRINUSE)"));
        listener.dispose();
    }

    /** What a program does then is its own affair. */
    private static Mono<Void> waitForIt(BindFailed error) {
        return Mono.<Void>empty().doOnSubscribe(ignored -> assertEquals("bind", error.operation()));
    }

    @Test
    void shouldConnect() throws Exception {
        Listener listener = listener();
        listener.serve(conn -> conn.send(conn.receive())).subscribe();
        int port = listener.address().getPort();
        // #region connect
        Mono<String> answer =
                Net.connect("localhost", port)
                        .flatMap(
                                conn ->
                                        conn.sendText("hello")
                                                .then(conn.shutdownOutput())
                                                .then(conn.receiveText().reduce("", String::concat))
                                                .flatMap(text -> conn.close().thenReturn(text)));
        // #endregion connect
        assertEquals("hello", answer.block(LIMIT));
        listener.dispose();
    }
}
