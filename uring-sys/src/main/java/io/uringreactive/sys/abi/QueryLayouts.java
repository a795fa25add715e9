// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.abi;

/**
 * Sizes and field offsets, in bytes, of what {@link RegisterOps#QUERY} takes ({@code
 * linux/io_uring/query.h}). A query needs no ring: its descriptor is -1.
 */
public final class QueryLayouts {
    /** {@code struct io_uring_query_hdr}. */
    @SinceLinux("6.18")
    public static final class Header {
        public static final int SIZE = 40;
        public static final int NEXT_ENTRY = 0;
        public static final int QUERY_DATA = 8;
        public static final int QUERY_OP = 16;

        /** {@code size}: in, the room at QUERY_DATA; out, what was written. */
        public static final int BYTES = 20;

        public static final int RESULT = 24;

        private Header() {}
    }

    /** {@code struct io_uring_query_opcode}, the answer to {@code IO_URING_QUERY_OPCODES}. */
    @SinceLinux("6.18")
    public static final class Opcodes {
        public static final int SIZE = 48;

        /** What is asked: {@code IO_URING_QUERY_OPCODES}. */
        public static final int QUERY = 0;

        public static final int NR_REQUEST_OPCODES = 0;
        public static final int NR_REGISTER_OPCODES = 4;
        public static final int FEATURE_FLAGS = 8;
        public static final int RING_SETUP_FLAGS = 16;
        public static final int ENTER_FLAGS = 24;
        public static final int SQE_FLAGS = 32;
        public static final int NR_QUERY_OPCODES = 40;

        private Opcodes() {}
    }

    private QueryLayouts() {}
}
