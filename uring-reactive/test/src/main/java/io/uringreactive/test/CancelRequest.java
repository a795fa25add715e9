// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import io.uringreactive.sys.abi.CancelFlags;
import io.uringreactive.sys.abi.Errno;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * IORING_OP_ASYNC_CANCEL, done when it is submitted: looks among the operations of its own ring.
 * Its CQE and those of its targets come in any order (io_uring_cancelation(7)).
 */
final class CancelRequest {
    private final SimulatedRing ring;
    private final Submission submission;
    private final @Nullable SimulatedFile file;

    private CancelRequest(SimulatedRing ring, Submission submission, @Nullable SimulatedFile file) {
        this.ring = ring;
        this.submission = submission;
        this.file = file;
    }

    static void submit(SimulatedRing ring, Submission submission) {
        int flags = submission.opFlags();
        boolean any = (flags & CancelFlags.ANY) != 0;
        boolean narrowed = (flags & (CancelFlags.FD | CancelFlags.OP)) != 0;
        if ((any && narrowed) || submission.off() != 0 || submission.selectsBuffer()) {
            complete(ring, submission, -Errno.EINVAL.number());
            return;
        }
        SimulatedFile file = null;
        if ((flags & CancelFlags.FD) != 0) {
            // The file that the number means now: an operation on a closed one is not found by it.
            file = ring.world().files.get(submission.fd());
            if (file == null) {
                complete(ring, submission, -Errno.EBADF.number());
                return;
            }
        }
        new CancelRequest(ring, submission, file).run();
    }

    private static void complete(SimulatedRing ring, Submission submission, int result) {
        new ImmediateOperation(ring, submission, result).submit();
    }

    private void run() {
        List<Operation> targets = ring.inFlight().stream().filter(this::matches).toList();
        if (has(CancelFlags.ALL) || has(CancelFlags.ANY)) {
            complete(ring, submission, cancelAll(targets));
        } else if (targets.isEmpty()) {
            complete(ring, submission, -Errno.ENOENT.number());
        } else {
            cancelOne(targets.getFirst());
        }
    }

    private static int cancelAll(List<Operation> targets) {
        int count = 0;
        for (Operation target : targets) {
            if (target.escapesCancellation()) {
                target.succeedLate();
            } else {
                target.cancel();
                count++;
            }
        }
        return count;
    }

    private void cancelOne(Operation target) {
        Chance chance = ring.world().chance;
        if (!target.escapesCancellation()) {
            complete(ring, submission, 0);
            target.cancel();
        } else if (!chance.happens("cancel-first", 50)) {
            ring.post(submission, -Errno.EALREADY.number(), 0);
            target.succeedLate();
        } else {
            target.succeedLate();
            boolean gone = target.isDone() && chance.happens("cancel-enoent", 50);
            complete(ring, submission, -(gone ? Errno.ENOENT : Errno.EALREADY).number());
        }
    }

    private boolean matches(Operation operation) {
        if (!operation.isCancellable() || operation.isCancelled()) {
            return false;
        }
        if (has(CancelFlags.ANY)) {
            return true;
        }
        if (has(CancelFlags.FD) && !Objects.equals(operation.file, file)) {
            return false;
        }
        if (has(CancelFlags.OP) && operation.submission.opcode() != submission.len()) {
            return false;
        }
        boolean byUserData =
                has(CancelFlags.USERDATA) || !(has(CancelFlags.FD) || has(CancelFlags.OP));
        return !byUserData || operation.submission.userData() == submission.addr();
    }

    private boolean has(int flag) {
        return (submission.opFlags() & flag) != 0;
    }
}
