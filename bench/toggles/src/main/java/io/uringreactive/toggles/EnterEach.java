// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.toggles;

import io.uringreactive.sys.abi.Sqe;
import io.uringreactive.sys.ring.Ring;

/** {@link Toggle#ENTERS}: an SQE is submitted before the next one is reserved. */
final class EnterEach extends ForwardingRing {
    EnterEach(Ring ring) {
        super(ring);
    }

    @Override
    public Sqe reserve() {
        submit();
        return super.reserve();
    }

    /** The last SQE of the turn goes by itself too; then comes the enter that waits. */
    @Override
    public void enter(long timeoutNanos) {
        if (!submit() || timeoutNanos != 0) {
            super.enter(timeoutNanos);
        }
    }

    private boolean submit() {
        boolean any = unsubmitted() > 0;
        if (any) {
            super.enter(0);
        }
        return any;
    }
}
