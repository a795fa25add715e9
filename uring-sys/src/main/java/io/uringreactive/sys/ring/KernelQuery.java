// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.uringreactive.sys.abi.QueryLayouts.Header;
import io.uringreactive.sys.abi.QueryLayouts.Opcodes;
import io.uringreactive.sys.abi.RegisterOps;
import io.uringreactive.sys.libc.RingCalls;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel answers to IORING_REGISTER_QUERY (Linux 6.18), which needs no ring: all that it
 * knows, whereas {@link RingFeatures} is what a ring of ours was granted.
 *
 * @param opcodes how many opcodes it knows
 * @param registerOps how many operations of io_uring_register(2)
 * @param features feature bits
 * @param setupFlags flags of io_uring_setup(2)
 * @param enterFlags flags of io_uring_enter(2)
 * @param sqeFlags flags of an SQE
 * @param queries how many kinds of queries
 */
public record KernelQuery(
        int opcodes,
        int registerOps,
        long features,
        long setupFlags,
        long enterFlags,
        long sqeFlags,
        int queries) {

    /** Null where the kernel knows no queries, or something denies them. */
    static @Nullable KernelQuery ask(RingCalls calls) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment answer = arena.allocate(Opcodes.SIZE, Long.BYTES);
            MemorySegment header = arena.allocate(Header.SIZE, Long.BYTES);
            header.set(JAVA_LONG, Header.QUERY_DATA, answer.address());
            header.set(JAVA_INT, Header.QUERY_OP, Opcodes.QUERY);
            header.set(JAVA_INT, Header.BYTES, Opcodes.SIZE);
            int result = calls.register(-1, RegisterOps.QUERY, header.address(), 0);
            if (result < 0 || header.get(JAVA_INT, Header.RESULT) < 0) {
                return null;
            }
            return new KernelQuery(
                    answer.get(JAVA_INT, Opcodes.NR_REQUEST_OPCODES),
                    answer.get(JAVA_INT, Opcodes.NR_REGISTER_OPCODES),
                    answer.get(JAVA_LONG, Opcodes.FEATURE_FLAGS),
                    answer.get(JAVA_LONG, Opcodes.RING_SETUP_FLAGS),
                    answer.get(JAVA_LONG, Opcodes.ENTER_FLAGS),
                    answer.get(JAVA_LONG, Opcodes.SQE_FLAGS),
                    answer.get(JAVA_INT, Opcodes.NR_QUERY_OPCODES));
        }
    }
}
