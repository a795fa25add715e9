// SPDX-License-Identifier: Apache-2.0
/**
 * For tests: a connection in memory, a simulated io_uring kernel with seed and virtual clock, and
 * the contract that every transport keeps.
 */
module io.uringreactive.test {
    requires transitive io.uringreactive;
    requires transitive io.uringreactive.sys;
    requires transitive reactor.test;
    requires io.netty.common;
    requires static transitive org.jspecify;
    requires static transitive org.junit.jupiter.api;

    exports io.uringreactive.test;
    exports io.uringreactive.test.contract;
}
