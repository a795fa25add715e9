// SPDX-License-Identifier: Apache-2.0
/**
 * For tests: a connection in memory, and a simulated io_uring kernel with seed and virtual clock.
 */
module io.uringreactive.test {
    requires transitive io.uringreactive;
    requires transitive io.uringreactive.sys;
    requires transitive reactor.test;
    requires io.netty.common;
    requires static transitive org.jspecify;

    exports io.uringreactive.test;
}
