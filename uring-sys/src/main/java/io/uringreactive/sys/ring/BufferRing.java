// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

/**
 * Memory that the kernel may pick receive buffers from (io_uring_register_buf_ring(3), Linux 5.19).
 * It takes them in the order in which they were published. Confined to the ring's thread.
 */
public interface BufferRing {
    int group();

    /** Prepares one buffer; the kernel sees it after {@link #publish()}. */
    void provide(long address, int bytes, int bufferId);

    /** Shows the kernel everything provided so far. */
    void publish();

    /** Takes the ring of buffers back; no operation that may select from it is in flight. */
    void close();
}
