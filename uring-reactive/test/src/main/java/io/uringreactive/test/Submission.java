// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import io.uringreactive.sys.abi.Opcode;
import io.uringreactive.sys.abi.Sqe;
import io.uringreactive.sys.abi.SqeFlags;

/** A copy of an SQE, as the kernel takes one when it is submitted (IORING_FEAT_SUBMIT_STABLE). */
record Submission(
        int opcode,
        int flags,
        int ioprio,
        int fd,
        long off,
        long addr,
        int len,
        int opFlags,
        long userData,
        int bufGroup,
        int fileIndex) {

    static Submission of(Sqe sqe) {
        return new Submission(
                sqe.opcode(),
                sqe.flags(),
                sqe.ioprio(),
                sqe.fd(),
                sqe.off(),
                sqe.addr(),
                sqe.len(),
                sqe.opFlags(),
                sqe.userData(),
                sqe.bufGroup(),
                sqe.fileIndex());
    }

    boolean selectsBuffer() {
        return (flags & SqeFlags.BUFFER_SELECT) != 0;
    }

    /** Whether the field {@code ioprio} has this of {@link io.uringreactive.sys.abi.NetFlags}. */
    boolean has(int netFlag) {
        return (ioprio & netFlag) != 0;
    }

    @Override
    public String toString() {
        return Opcode.name(opcode) + " fd=" + fd + " user_data=" + Long.toHexString(userData);
    }
}
