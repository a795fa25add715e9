// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.examples;

/** A value of {@code example.server}. */
enum Server {
    URING("uring", "io.uringreactive.boot.UringReactiveWebServerFactory"),
    REACTOR_NETTY(
            "reactor-netty",
            "org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory");

    private final String value;
    private final String factory;

    Server(String value, String factory) {
        this.value = value;
        this.factory = factory;
    }

    /** What the property is set to. */
    String value() {
        return value;
    }

    /** The class of the factory that must be at work then. */
    String factory() {
        return factory;
    }
}
