// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.epoll;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.uringreactive.ConnectOptions;
import io.uringreactive.Connection;
import io.uringreactive.Listener;
import io.uringreactive.Transport;
import io.uringreactive.test.SelfSigned;
import io.uringreactive.tls.Tls;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The core's TLS on connections of this module. */
class TlsTest {
    private static final int BYTES = 300_000;

    @ParameterizedTest
    @MethodSource("io.uringreactive.epoll.Wired#names")
    void shouldEchoBehindTls(String name) throws Exception {
        SSLContext context = SelfSigned.context();
        Transport transport = Wired.open(name, 2);
        Listener listener = Wired.get(transport.listen(Wired.loopback()));
        listener.serve(
                        connection ->
                                Tls.server(context)
                                        .secure(connection)
                                        .flatMap(tls -> tls.handle(c -> c.send(c.receive()))))
                .subscribe();
        ConnectOptions options = ConnectOptions.to("localhost", listener.address().getPort());
        Connection client =
                Wired.get(transport.connect(options).flatMap(Tls.client(context)::secure));
        client.sendText("z".repeat(BYTES)).then(client.shutdownOutput()).subscribe();
        assertEquals(
                BYTES,
                client.receiveText()
                        .map(String::length)
                        .reduce(0, Integer::sum)
                        .block(Wired.LIMIT));
        client.close().block(Wired.LIMIT);
        transport.disposeGracefully().block(Wired.LIMIT);
    }
}
