// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import io.uringreactive.sys.abi.Errno;
import io.uringreactive.sys.abi.Opcode;

/** IORING_OP_MSG_RING with IORING_MSG_DATA: posts a CQE to another ring (Linux 5.18). */
final class MessageOperation extends Operation {
    /** IORING_MSG_RING_FLAGS_PASS: {@code file_index} holds the CQE's flags (Linux 6.3). */
    private static final int FLAGS_PASS = 1 << 1;

    private final SimulatedRing target;

    MessageOperation(SimulatedRing ring, Submission submission, SimulatedRing target) {
        super(ring, submission, target);
        this.target = target;
    }

    @Override
    boolean isCancellable() {
        return false;
    }

    @Override
    boolean canProceed() {
        return true;
    }

    @Override
    void proceed() {
        if (world.chance.happens(Fault.MESSAGE_ERROR)) {
            finish(-Errno.EOVERFLOW.number(), 0);
            return;
        }
        boolean pass = (submission.opFlags() & FLAGS_PASS) != 0;
        target.post(
                Opcode.name(submission.opcode()),
                submission.off(),
                submission.len(),
                pass ? submission.fileIndex() : 0);
        finish(0, 0);
    }
}
