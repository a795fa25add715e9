// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

/** What a ring may be able to do, found by trying; each with the release that brought it. */
public enum RingFeature {
    /** The ring's descriptor can be registered with its thread. */
    REGISTERED_RING("5.18"),
    /** Tables of direct descriptors that begin empty: {@link FileTable}. */
    FILE_TABLE("5.19"),
    /** Tables of registered buffers that begin empty: {@link BufferTable}. */
    BUFFER_TABLE("5.19"),
    /** A part of a file table from which the kernel picks free slots. */
    FILE_ALLOC_RANGE("6.0"),
    /** Sends without a copy, which tell whether they could do without one. */
    ZERO_COPY_SEND("6.2"),
    /** No index array between the submission ring and its SQEs. */
    NO_SQARRAY("6.6"),
    /** A wait can ask network cards for packets before it sleeps (NAPI). */
    BUSY_POLL("6.9"),
    /** A wait for several CQEs that is content with one after a while. */
    MIN_WAIT("6.12"),
    /**
     * A file that is taken out of a {@link FileTable} is closed when nothing in flight uses it, and
     * not only when all that was submitted before is done: known by age alone (Linux commit
     * 7029acd8a950).
     */
    PROMPT_FILE_TABLE("6.13"),
    /** Submission and completion queue can be given another size: {@link Ring#resize}. */
    RESIZE("6.13"),
    /** The wait's argument can stand in memory that the kernel has mapped. */
    REGISTERED_WAIT("6.13"),
    /**
     * One CQE of a receive may bring several provided buffers. Known to Linux 6.10, but sound only
     * from 6.15 on: before that it named wrong buffers (liburing issues 1409, 1411 and 1423).
     */
    RECEIVE_BUNDLES("6.15"),
    /** Waiting in the ring can be kept out of the CPU's iowait time. */
    NO_IOWAIT("6.15"),
    /** A multishot receive takes a total in bytes. */
    RECEIVE_CREDIT("6.17"),
    /** The kernel tells in one call what it knows: {@link KernelQuery}. */
    QUERY("6.18");

    private final String sinceLinux;

    RingFeature(String sinceLinux) {
        this.sinceLinux = sinceLinux;
    }

    /** As {@code 6.12}. */
    public String sinceLinux() {
        return sinceLinux;
    }
}
