package io.uringreactive.sys.ring;

import io.uringreactive.sys.abi.Features;
import io.uringreactive.sys.abi.SetupFlags;
import java.util.BitSet;

/**
 * What the kernel grants its rings, found by trying and not by version.
 *
 * @param setupFlags {@link SetupFlags} that io_uring_setup(2) accepted
 * @param featureBits {@link Features} that it reported
 * @param opcodes those it knows, by {@code IORING_REGISTER_PROBE}
 * @param receiveCredit whether a multishot receive takes a total in {@code optlen} (Linux 6.17)
 */
public record RingFeatures(int setupFlags, int featureBits, BitSet opcodes, boolean receiveCredit) {
    public RingFeatures {
        opcodes = (BitSet) opcodes.clone();
    }

    @Override
    public BitSet opcodes() {
        return (BitSet) opcodes.clone();
    }

    public boolean supports(int opcode) {
        return opcodes.get(opcode);
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
