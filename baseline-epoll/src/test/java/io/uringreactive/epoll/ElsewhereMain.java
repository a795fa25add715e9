// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.epoll;

import io.uringreactive.Connection;
import io.uringreactive.ListenOptions;
import io.uringreactive.Net;
import java.net.ServerSocket;
import reactor.core.Disposable;

/** A server and a client of {@link Net}, in a JVM that is told of another system. */
final class ElsewhereMain {
    public static void main(String[] arguments) throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Disposable serving =
                Net.serve(
                                ListenOptions.port(port).host("127.0.0.1"),
                                connection -> connection.send(connection.receive()))
                        .subscribe();
        Connection client =
                Wired.get(
                        Net.connect("127.0.0.1", port)
                                .retryWhen(
                                        reactor.util.retry.Retry.fixedDelay(
                                                50, java.time.Duration.ofMillis(50))));
        client.sendText("echo").then(client.shutdownOutput()).block(Wired.LIMIT);
        String answer = client.receiveText().reduce("", String::concat).block(Wired.LIMIT);
        System.out.println("answer: " + answer);
        client.close().block(Wired.LIMIT);
        serving.dispose();
        Net.transport().disposeGracefully().block(Wired.LIMIT);
    }

    private ElsewhereMain() {}
}
