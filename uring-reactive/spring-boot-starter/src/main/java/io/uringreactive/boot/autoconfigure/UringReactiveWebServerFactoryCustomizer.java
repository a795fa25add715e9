// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.boot.autoconfigure;

import io.uringreactive.boot.ServerTransport;
import io.uringreactive.boot.UringReactiveWebServerFactory;
import io.uringreactive.http.HttpOptions;
import org.springframework.boot.cloud.CloudPlatform;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties.ForwardHeadersStrategy;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/**
 * {@code server.uring.*}, and those of {@code server.*} that Spring Boot leaves to each server: the
 * header Server, the size of headers, and who is believed about them.
 */
final class UringReactiveWebServerFactoryCustomizer
        implements WebServerFactoryCustomizer<UringReactiveWebServerFactory>, Ordered {
    private final Environment environment;
    private final ServerProperties server;
    private final PropertyOptions uring;
    private final ServerTransport transport;

    UringReactiveWebServerFactoryCustomizer(
            Environment environment,
            ServerProperties server,
            UringServerProperties uring,
            ServerTransport transport) {
        this.environment = environment;
        this.server = server;
        this.uring = new PropertyOptions(uring);
        this.transport = transport;
    }

    /** With Boot's own, before those of users, which have no order. */
    @Override
    public int getOrder() {
        return 0;
    }

    @Override
    public void customize(UringReactiveWebServerFactory factory) {
        factory.setTransport(transport);
        factory.setServerHeader(server.getServerHeader());
        factory.setProperties(this::options);
    }

    private HttpOptions options(HttpOptions options) {
        return Chain.of(uring.http(options))
                .withBytes(server.getMaxHttpRequestHeaderSize(), HttpOptions::headerBytesMax)
                .then(current -> current.forwarded(believesForwarded()))
                .done();
    }

    private boolean believesForwarded() {
        ForwardHeadersStrategy strategy = server.getForwardHeadersStrategy();
        if (strategy == null) {
            CloudPlatform platform = CloudPlatform.getActive(environment);
            return platform != null && platform.isUsingForwardHeaders();
        }
        return strategy == ForwardHeadersStrategy.NATIVE;
    }
}
