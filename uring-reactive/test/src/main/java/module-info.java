/** A simulated io_uring kernel with a seed and a virtual clock, for tests. */
module io.uringreactive.test {
    requires transitive io.uringreactive;
    requires transitive io.uringreactive.sys;
    requires static transitive org.jspecify;

    exports io.uringreactive.test;
}
