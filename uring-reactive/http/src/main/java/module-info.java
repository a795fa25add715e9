// SPDX-License-Identifier: Apache-2.0
/** HTTP over any connection of io.uringreactive. */
module io.uringreactive.http {
    requires static transitive org.jspecify;
    requires transitive io.uringreactive;
    requires transitive io.netty.codec.http;
    requires io.netty.codec;
    requires io.netty.common;
    requires io.netty.transport;

    exports io.uringreactive.http;
}
