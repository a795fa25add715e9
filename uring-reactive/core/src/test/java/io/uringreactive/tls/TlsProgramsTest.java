// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.tls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.uringreactive.ConnectOptions;
import io.uringreactive.ConnectionReset;
import io.uringreactive.TlsFailed;
import io.uringreactive.testing.Rings;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.util.retry.Retry;

/** Against OpenSSL and curl, which have TLS of their own. */
class TlsProgramsTest extends RingTest {
    private final SSLContext server = Identity.LOCALHOST.context();
    private final SSLContext client = Identity.trusting(Identity.LOCALHOST);

    private Command openssl(String... options) {
        List<String> command = new ArrayList<>(List.of("openssl", "s_client"));
        command.addAll(List.of("-connect", "127.0.0.1:" + port(), "-servername", "localhost"));
        command.addAll(List.of("-CAfile", Identity.LOCALHOST.pem().toString()));
        command.addAll(List.of(options));
        return Command.start(command);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_3", "-tls1_2"})
    void shouldEchoToOpenssl(String version) {
        Command.require("openssl", "openssl");
        serveEcho(server, TlsOptions.defaults().applicationProtocols("h2", "echo"));
        try (Command openssl = openssl(version, "-alpn", "echo")) {
            openssl.type("a line of text\n");
            openssl.awaitOutput("\na line of text\n");
            openssl.awaitOutput("ALPN protocol: echo");
            openssl.awaitOutput("Verify return code: 0 (ok)");
            openssl.type("Q\n");
            assertEquals(0, openssl.end());
        }
    }

    /** "K" and "k" have OpenSSL update its keys, and ask for ours to be updated too. */
    @Test
    void shouldFollowKeyUpdates() {
        Command.require("openssl", "openssl");
        serveEcho(server, TlsOptions.defaults());
        try (Command openssl = openssl("-tls1_3")) {
            openssl.type("before\n");
            openssl.awaitOutput("\nbefore\n");
            openssl.type("K\n");
            openssl.awaitOutput("KEYUPDATE");
            openssl.type("after both\n");
            openssl.awaitOutput("\nafter both\n");
            openssl.type("k\n");
            // A command is one only at the start of what OpenSSL reads at a time.
            openssl.awaitOutput("\nafter both\nKEYUPDATE");
            openssl.type("after one\n");
            openssl.awaitOutput("\nafter one\n");
            openssl.type("Q\n");
            assertEquals(0, openssl.end());
        }
    }

    @Test
    void shouldRefuseOpensslsRenegotiation() {
        Command.require("openssl", "openssl");
        serveEcho(server, TlsOptions.defaults().protocols("TLSv1.2"));
        try (Command openssl = openssl("-tls1_2")) {
            openssl.type("before\n");
            openssl.awaitOutput("\nbefore\n");
            openssl.type("R\n");
            openssl.awaitOutput("RENEGOTIATING");
            int exit = openssl.end();
            assertTrue(exit != 0 || openssl.output().contains("closed"), openssl::output);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_3", "-tls1_2"})
    void shouldTalkToOpensslsServer(String version) throws IOException {
        Command.require("openssl", "openssl");
        int port = freePort();
        Path pem = Identity.LOCALHOST.pem();
        try (Command openssl =
                Command.start(
                        List.of(
                                "openssl",
                                "s_server",
                                "-accept",
                                "127.0.0.1:" + port,
                                "-rev",
                                "-cert",
                                pem.toString(),
                                "-key",
                                pem.toString(),
                                version))) {
            openssl.awaitOutput("ACCEPT");
            ConnectOptions target = ConnectOptions.to("127.0.0.1", port).group(group());
            TlsConnection conn =
                    get(
                            Tls.client(client)
                                    .connect(target)
                                    .retryWhen(Retry.fixedDelay(20, Duration.ofMillis(100))));
            String line =
                    get(
                            conn.sendText("desserts\n")
                                    .thenMany(conn.receive())
                                    .map(
                                            b -> {
                                                String text = b.toString(UTF_8);
                                                b.release();
                                                return text;
                                            })
                                    .next());
            assertEquals("stressed\n", line);
            done(conn.close());
        }
    }

    @Test
    void shouldNoticeAServerThatIsKilled() throws IOException {
        Command.require("openssl", "openssl");
        int port = freePort();
        Path pem = Identity.LOCALHOST.pem();
        Command openssl =
                Command.start(
                        List.of(
                                "openssl",
                                "s_server",
                                "-accept",
                                "127.0.0.1:" + port,
                                "-quiet",
                                "-cert",
                                pem.toString(),
                                "-key",
                                pem.toString()));
        ConnectOptions target = ConnectOptions.to("127.0.0.1", port).group(group());
        TlsConnection conn =
                get(
                        Tls.client(client)
                                .connect(target)
                                .retryWhen(Retry.fixedDelay(100, Duration.ofMillis(50))));
        // A process that dies with bytes unread resets, one that has read all of them sends a FIN.
        StepVerifier.create(conn.receive())
                .then(openssl::close)
                .expectErrorSatisfies(
                        e ->
                                assertTrue(
                                        e instanceof ConnectionReset || isTruncated(e),
                                        e::toString))
                .verify(Rings.LIMIT);
        done(conn.close());
    }

    private static boolean isTruncated(Throwable e) {
        return e instanceof TlsFailed failed && failed.reason() == TlsFailed.Reason.TRUNCATED;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--tlsv1.3", "--tls-max=1.2"})
    void shouldAnswerCurl(String version) {
        Command.require("curl", "curl");
        String body = "0123456789".repeat(50_000);
        serve(
                Tls.server(server),
                conn ->
                        conn.receive()
                                .next()
                                .map(ByteBuf::release)
                                .then(
                                        conn.sendText(
                                                Mono.just(
                                                        "HTTP/1.1 200 OK\r\nConnection: close\r\n"
                                                                + "Content-Length: "
                                                                + body.length()
                                                                + "\r\n\r\n"
                                                                + body))));
        String url = "https://127.0.0.1:" + port() + "/";
        List<String> options =
                version.contains("=") ? List.of(version.split("=", -1)) : List.of(version);
        List<String> command = new ArrayList<>(List.of("curl", "-sS", "-k", "-m", "20"));
        command.addAll(options);
        command.add(url);
        assertEquals(body, Command.run(command));
    }
}
