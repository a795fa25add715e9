// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.boot;

import io.uringreactive.ListenOptions;
import io.uringreactive.http.HttpCompression;
import io.uringreactive.http.HttpOptions;
import io.uringreactive.webflux.UringHttpHandlerAdapter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.Compression;
import org.springframework.boot.web.server.Http2;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.reactive.AbstractReactiveWebServerFactory;
import org.springframework.http.server.reactive.HttpHandler;

/**
 * Makes the application's server on the rings. The server is not started: Spring Boot does so when
 * the application is ready for requests.
 */
public class UringReactiveWebServerFactory extends AbstractReactiveWebServerFactory {
    private static final int PORT = 8080;

    private final List<UringServerCustomizer> customizers = new ArrayList<>();
    private UringServerCustomizer properties = options -> options;
    private @Nullable ServerTransport transport;

    /** On port 8080; the management server is made by this constructor as well. */
    public UringReactiveWebServerFactory() {
        this(PORT);
    }

    /** On {@code port}: 0 lets the kernel choose, and with a negative one it does not listen. */
    public UringReactiveWebServerFactory(int port) {
        super(port);
    }

    /** What its servers run on; unless set, the best transport there is, shared. */
    public void setTransport(ServerTransport value) {
        transport = value;
    }

    /** What comes before every customizer: the application's properties. */
    public void setProperties(UringServerCustomizer value) {
        properties = value;
    }

    /** {@code added} are asked behind those that were added before. */
    public void addCustomizers(Collection<UringServerCustomizer> added) {
        customizers.addAll(added);
    }

    @Override
    public WebServer getWebServer(HttpHandler httpHandler) {
        requireSupported();
        ServerTransport on = transport;
        return new UringWebServer(
                options(),
                new UringHttpHandlerAdapter(httpHandler),
                on == null ? new ServerTransport(Fallback.TRANSPORT) : on,
                getShutdown(),
                getPort() >= 0);
    }

    private void requireSupported() {
        if (Ssl.isEnabled(getSsl())) {
            throw new UnsupportedServerFeature(
                    "server.ssl is set, and this server has no HTTPS yet",
                    "Let a proxy in front of it do TLS, or go back to reactor-netty's starter");
        }
        Http2 http2 = getHttp2();
        if (http2 != null && http2.isEnabled()) {
            throw new UnsupportedServerFeature(
                    "server.http2.enabled is true, and this server has no HTTP/2 yet",
                    "Remove server.http2.enabled: clients then use HTTP/1.1");
        }
    }

    private HttpOptions options() {
        HttpOptions options = HttpOptions.port(0).listen(listen());
        String serverHeader = getServerHeader();
        if (serverHeader != null && !serverHeader.isEmpty()) {
            options = options.serverHeader(serverHeader);
        }
        Compression compression = getCompression();
        if (compression != null && compression.getEnabled()) {
            options = options.compression(rules(compression));
        }
        options = properties.customize(options);
        for (UringServerCustomizer customizer : customizers) {
            options = customizer.customize(options);
        }
        return options;
    }

    private static HttpCompression rules(Compression compression) {
        String[] excluded = compression.getExcludedUserAgents();
        return new HttpCompression(
                compression.getMinResponseSize().toBytes(),
                List.of(compression.getAllMimeTypes()),
                excluded == null ? List.of() : List.of(excluded));
    }

    private ListenOptions listen() {
        int port = Math.max(getPort(), 0);
        InetAddress address = getAddress();
        ListenOptions every = ListenOptions.port(port);
        return address == null ? every : every.address(new InetSocketAddress(address, port));
    }
}
