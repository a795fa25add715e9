// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

/**
 * shutdown(2). The kernel always does it on a worker thread, so operations that were submitted
 * after it may overtake it.
 */
final class ShutdownOperation extends Operation {
    private final SimulatedSocket socket;

    ShutdownOperation(SimulatedRing ring, Submission submission, SimulatedSocket socket) {
        super(ring, submission, socket);
        this.socket = socket;
    }

    @Override
    boolean canProceed() {
        return true;
    }

    @Override
    void proceed() {
        finish(socket.shutdown(submission.len()), 0);
    }
}
