// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.tls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.ConnectOptions;
import io.uringreactive.TimedOut;
import io.uringreactive.TlsFailed;
import io.uringreactive.UringNet;
import io.uringreactive.testing.Rings;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** What is agreed on, and what is refused and with which words. */
class TlsHandshakeTest extends RingTest {
    private static final TlsOptions DEFAULTS = TlsOptions.defaults();

    private final SSLContext server = Identity.LOCALHOST.context(Identity.CLIENT);
    private final SSLContext client = Identity.trusting(Identity.LOCALHOST);

    @Test
    void shouldAgreeOnAnApplicationProtocol() {
        serveEcho(server, DEFAULTS.applicationProtocols("h2", "http/1.1"));
        TlsConnection conn = connected(client, DEFAULTS.applicationProtocols("http/1.1", "x"));
        assertEquals("http/1.1", conn.applicationProtocol());
        assertTrue(conn.toString().contains(" for http/1.1 over "), conn::toString);
        done(conn.close());
        TlsConnection without = connected(client, DEFAULTS);
        assertNull(without.applicationProtocol());
        done(without.close());
    }

    @Test
    void shouldRefuseWithoutACommonApplicationProtocol() {
        serveEcho(server, DEFAULTS.applicationProtocols("h2"));
        expectFailure(DEFAULTS.applicationProtocols("x"), client, "applicationProtocols");
    }

    @Test
    void shouldRefuseWithoutACommonVersion() {
        serveEcho(server, DEFAULTS.protocols("TLSv1.3"));
        expectFailure(DEFAULTS.protocols("TLSv1.2"), client, "TlsOptions.protocols");
    }

    @Test
    void shouldRefuseACertificateThatNobodyTrusts() {
        serveEcho(server, DEFAULTS);
        expectFailure(DEFAULTS, Identity.trusting(), "add it to the trust store");
    }

    @Test
    void shouldRefuseAnExpiredCertificate() {
        serveEcho(Identity.EXPIRED.context(), DEFAULTS);
        expectFailure(DEFAULTS, Identity.trusting(Identity.EXPIRED), "has expired");
    }

    @Test
    void shouldRefuseTheCertificateOfAnotherHost() {
        serveEcho(Identity.OTHER_HOST.context(), DEFAULTS);
        SSLContext trusting = Identity.trusting(Identity.OTHER_HOST);
        expectFailure(DEFAULTS, trusting, "for another host");
        for (TlsOptions options :
                List.of(DEFAULTS.hostName("other.example"), DEFAULTS.identifiesHost(false))) {
            TlsConnection conn = connected(trusting, options);
            assertEquals("hello", get(echo(conn, "hello")));
        }
    }

    @Test
    void shouldRefuseAPeerThatDoesNotSpeakTls() throws IOException {
        List<Socket> accepted = new ArrayList<>();
        try (ServerSocket plain = new ServerSocket(0)) {
            Mono<TlsConnection> connecting =
                    UringNet.connect(target(plain))
                            .flatMap(c -> Tls.client(client).secure(c, "localhost", 1));
            StepVerifier.create(connecting)
                    .then(() -> accepted.add(greet(plain)))
                    .expectErrorSatisfies(
                            e ->
                                    assertTrue(
                                            String.valueOf(e.getMessage())
                                                    .contains("does not speak TLS"),
                                            e::toString))
                    .verify(Rings.LIMIT);
            // Its end of the close, which is waited for after the test.
            accepted.getFirst().close();
        }
    }

    private ConnectOptions target(ServerSocket socket) {
        return ConnectOptions.to("127.0.0.1", socket.getLocalPort()).group(group());
    }

    private static Socket greet(ServerSocket server) {
        try {
            Socket socket = server.accept();
            socket.getOutputStream().write("220 mail.example is ready\r\n".getBytes(UTF_8));
            return socket;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldGiveUpOnAPeerThatIsSilent() throws IOException {
        try (ServerSocket silent = new ServerSocket(0)) {
            TlsLimits limits = TlsLimits.defaults().handshakeTimeout(Duration.ofMillis(100));
            StepVerifier.create(Tls.client(client, DEFAULTS.limits(limits)).connect(target(silent)))
                    .expectErrorSatisfies(
                            e -> {
                                TimedOut late = assertInstanceOf(TimedOut.class, e);
                                assertEquals("TLS handshake", late.operation());
                            })
                    .verify(Rings.LIMIT);
        }
    }

    @Test
    void shouldGiveUpWhenCancelled() throws IOException {
        try (ServerSocket silent = new ServerSocket(0)) {
            StepVerifier.create(Tls.client(client).connect(target(silent)))
                    .thenAwait(Duration.ofMillis(50))
                    .thenCancel()
                    .verify(Rings.LIMIT);
        }
    }

    @Test
    void shouldBoundWhatAPeerSendsInTheHandshake() {
        TlsLimits limits = TlsLimits.defaults().handshakeBytesMax(100);
        serveEcho(server, DEFAULTS.limits(limits));
        StepVerifier.create(connect(client, DEFAULTS))
                .expectError(TlsFailed.class)
                .verify(Rings.LIMIT);
    }

    @ParameterizedTest
    @EnumSource
    void shouldAskForAClientCertificate(ClientAuth auth) {
        serve(
                Tls.server(server, DEFAULTS.protocols("TLSv1.2").clientAuth(auth)),
                c -> c.sendText(c.peerCertificates().isEmpty() ? "none" : "one"));
        SSLContext known = Identity.CLIENT.context(Identity.LOCALHOST);
        assertEquals(auth == ClientAuth.NONE ? "none" : "one", get(greeting(known)));
        if (auth == ClientAuth.NEED) {
            expectFailure(DEFAULTS.protocols("TLSv1.2"), client, "wants a client certificate");
        } else {
            assertEquals("none", get(greeting(client)));
        }
    }

    /** Under TLS 1.3 the client is ready before the server has looked: it hears it afterwards. */
    @Test
    void shouldTellAClientWithoutCertificateAfterwardsUnderTls13() {
        serve(Tls.server(server, DEFAULTS.clientAuth(ClientAuth.NEED)), c -> c.sendText("never"));
        StepVerifier.create(greeting(client))
                .expectErrorSatisfies(
                        e -> {
                            TlsFailed failed = assertInstanceOf(TlsFailed.class, e, e::toString);
                            assertEquals(TlsFailed.Reason.ALERT, failed.reason());
                        })
                .verify(Rings.LIMIT);
    }

    private Mono<String> greeting(SSLContext context) {
        return connect(context, DEFAULTS)
                .flatMap(c -> text(c.receive()).flatMap(t -> c.close().thenReturn(t)));
    }

    @Test
    void shouldChooseACertificateByHostName() {
        Map<String, SSLContext> contexts = Map.of("other.example", Identity.OTHER_HOST.context());
        ConcurrentLinkedQueue<String> threads = new ConcurrentLinkedQueue<>();
        serve(
                Tls.server(
                        server,
                        DEFAULTS.contexts(
                                name -> {
                                    threads.add(Thread.currentThread().getName());
                                    if (name.equals("refused.example")) {
                                        throw new IllegalArgumentException(name);
                                    }
                                    return contexts.get(name);
                                })),
                c -> c.sendText(String.valueOf(c.hostName())));
        SSLContext both = Identity.trusting(Identity.LOCALHOST, Identity.OTHER_HOST);
        assertEquals("other.example", get(greetingOf(both, "other.example")));
        assertEquals("localhost", get(greetingOf(both, "localhost")));
        assertEquals("null", get(greetingOf(both, "127.0.0.1")));
        expectFailure(DEFAULTS.hostName("refused.example"), both, "does not know this host");
        assertEquals(3, threads.size());
        assertFalse(threads.toString().contains("uring"), threads::toString);
    }

    private Mono<String> greetingOf(SSLContext context, String host) {
        return connect(context, DEFAULTS.hostName(host))
                .flatMap(c -> text(c.receive()).flatMap(t -> c.close().thenReturn(t)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void shouldResumeSessions(String protocol) {
        TlsOptions options = DEFAULTS.protocols(protocol);
        serveEcho(server, options);
        SSLContext own = Identity.trusting(Identity.LOCALHOST);
        TlsConnection first = connected(own, options);
        assertEquals("first", get(echo(first, "first")));
        TlsConnection second = connected(own, options);
        assertEquals("second", get(echo(second, "second")));
        // A resumed session is as old as the first one.
        assertEquals(
                first.session().getCreationTime(), second.session().getCreationTime(), protocol);
    }

    @Test
    void shouldReportOptionsThatTheEngineDoesNotKnow() {
        serveEcho(server, DEFAULTS);
        StepVerifier.create(connect(client, DEFAULTS.cipherSuites("no such suite")))
                .expectError(IllegalArgumentException.class)
                .verify(Rings.LIMIT);
    }

    @Test
    void shouldAnswerGarbageAndGoOnServing() throws IOException {
        serveEcho(server, DEFAULTS);
        try (Socket socket = new Socket("127.0.0.1", port())) {
            socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(UTF_8));
            socket.shutdownOutput();
            byte[] answer = socket.getInputStream().readAllBytes();
            assertEquals(21, answer[0], "an alert");
        }
        assertEquals("hello", get(echo(connected(client, DEFAULTS), "hello")));
    }

    private void expectFailure(TlsOptions options, SSLContext context, String remedy) {
        StepVerifier.create(connect(context, options))
                .expectErrorSatisfies(
                        e -> {
                            TlsFailed failed = assertInstanceOf(TlsFailed.class, e, e::toString);
                            assertEquals(TlsFailed.Reason.HANDSHAKE, failed.reason());
                            String message = String.valueOf(failed.getMessage());
                            assertTrue(message.contains(remedy), message);
                            Objects.requireNonNull(failed.getCause());
                        })
                .verify(Rings.LIMIT);
    }
}
