// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.peers;

import io.netty.channel.epoll.Epoll;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import reactor.netty.DisposableServer;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.TcpServer;

/**
 * The baseline: TLS echo on reactor-netty over native epoll, with the JDK's engine. Usage:
 * ReactorNettyTlsEcho PORT KEY_STORE
 */
final class ReactorNettyTlsEcho {
    public static void main(String[] args) throws Exception {
        int port = Integer.parseInt(args[0]);
        SSLContext context = Keys.server(Path.of(args[1]));
        if (!Epoll.isAvailable()) {
            throw new IllegalStateException("no native epoll", Epoll.unavailabilityCause());
        }
        SslContext ssl =
                new JdkSslContext(
                        context,
                        false,
                        null,
                        IdentityCipherSuiteFilter.INSTANCE,
                        null,
                        ClientAuth.NONE,
                        new String[] {"TLSv1.3"},
                        false);
        DisposableServer server =
                TcpServer.create()
                        .host("127.0.0.1")
                        .port(port)
                        .runOn(LoopResources.create("echo", 1, true), true)
                        .secure(spec -> spec.sslContext(ssl))
                        .handle((in, out) -> out.send(in.receive().retain()))
                        .bindNow();
        System.out.println("ready: reactor-netty on port " + server.port());
        server.onDispose().block();
    }

    private ReactorNettyTlsEcho() {}
}
