// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.uringreactive.sys.abi.SetupFlags;
import org.junit.jupiter.api.Test;

class InterruptedRingTest {
    @Test
    void shouldLeaveOutNothingElse() {
        RingFeatures features = LinuxKernel.instance().features();
        int left = RingMemory.SETUP_FLAGS & ~InterruptedRing.flags(features);
        assertEquals(
                SetupFlags.DEFER_TASKRUN | SetupFlags.SINGLE_ISSUER | SetupFlags.TASKRUN_FLAG,
                left);
        assertEquals(
                features.noSqArray(),
                (InterruptedRing.flags(features) & SetupFlags.NO_SQARRAY) != 0);
    }
}
