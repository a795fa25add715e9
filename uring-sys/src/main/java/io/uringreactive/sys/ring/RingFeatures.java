// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

import io.uringreactive.sys.abi.Features;
import io.uringreactive.sys.abi.SetupFlags;
import java.util.BitSet;
import java.util.Set;

/**
 * What the kernel grants its rings, found by trying and not by version.
 *
 * @param setupFlags {@link SetupFlags} that io_uring_setup(2) accepted
 * @param featureBits {@link Features} that it reported
 * @param opcodes those it knows, by {@code IORING_REGISTER_PROBE}
 * @param receiveCredit whether a multishot receive takes a total in {@code optlen} (Linux 6.17)
 * @param tried the features that neither bits nor flags tell of, and that were tried with success;
 *     ask {@link #has}
 */
public record RingFeatures(
        int setupFlags,
        int featureBits,
        BitSet opcodes,
        boolean receiveCredit,
        Set<RingFeature> tried) {
    public RingFeatures {
        opcodes = (BitSet) opcodes.clone();
        tried = Set.copyOf(tried);
    }

    /** Those of a kernel on which nothing else was tried. */
    public RingFeatures(int setupFlags, int featureBits, BitSet opcodes, boolean receiveCredit) {
        this(setupFlags, featureBits, opcodes, receiveCredit, Set.of());
    }

    @Override
    public BitSet opcodes() {
        return (BitSet) opcodes.clone();
    }

    public boolean supports(int opcode) {
        return opcodes.get(opcode);
    }

    public boolean has(RingFeature feature) {
        return switch (feature) {
            case NO_SQARRAY -> noSqArray();
            case NO_IOWAIT -> noIowait();
            case MIN_WAIT -> (featureBits & Features.MIN_TIMEOUT) != 0;
            case RECEIVE_CREDIT -> receiveCredit;
            case REGISTERED_RING,
                    ZERO_COPY_SEND,
                    RECEIVE_BUNDLES,
                    FILE_TABLE,
                    BUFFER_TABLE,
                    FILE_ALLOC_RANGE,
                    PROMPT_FILE_TABLE,
                    BUSY_POLL,
                    RESIZE,
                    REGISTERED_WAIT,
                    QUERY ->
                    tried.contains(feature);
        };
    }

    /** Whether waiting in the ring can be kept out of the CPU's iowait time (Linux 6.15). */
    public boolean noIowait() {
        return (featureBits & Features.NO_IOWAIT) != 0;
    }

    /** Whether the ring has no SQ index array (Linux 6.6). */
    public boolean noSqArray() {
        return (setupFlags & SetupFlags.NO_SQARRAY) != 0;
    }
}
