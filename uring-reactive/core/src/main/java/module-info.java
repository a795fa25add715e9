// SPDX-License-Identifier: Apache-2.0
/** Reactive-streams I/O on io_uring. */
@SuppressWarnings("module") // those it is exported to are built after it
module io.uringreactive {
    requires static transitive org.jspecify;
    requires static reactor.blockhound;
    requires static jdk.jfr;
    requires transitive io.uringreactive.sys;
    requires transitive reactor.core;
    requires transitive org.reactivestreams;
    requires transitive io.netty.buffer;
    requires io.netty.common;
    requires org.jctools.core;

    exports io.uringreactive;
    exports io.uringreactive.frame;
    exports io.uringreactive.op;
    exports io.uringreactive.tls;
    exports io.uringreactive.transport to
            io.uringreactive.epoll,
            io.uringreactive.test;

    uses io.uringreactive.TransportProvider;

    provides io.uringreactive.TransportProvider with
            io.uringreactive.net.UringProvider;
    provides reactor.blockhound.integration.BlockHoundIntegration with
            io.uringreactive.loop.RingBlockHound;
}
