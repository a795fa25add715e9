// SPDX-License-Identifier: Apache-2.0
/** The kernel's words: io_uring's interface, the system calls and one ring. No Reactor. */
@SuppressWarnings("module") // names modules that are built after this one
module io.uringreactive.sys {
    requires static transitive org.jspecify;

    exports io.uringreactive.sys.abi;
    exports io.uringreactive.sys.ring;
    exports io.uringreactive.sys.libc to
            io.uringreactive,
            io.uringreactive.test;
}
