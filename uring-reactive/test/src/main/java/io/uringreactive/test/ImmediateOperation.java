// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

/** What was done when it was submitted; only its CQE is still to come. */
final class ImmediateOperation extends Operation {
    private final int result;

    ImmediateOperation(SimulatedRing ring, Submission submission, int result) {
        super(ring, submission, null);
        this.result = result;
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
        finish(result, 0);
    }
}
