// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KernelAwaitTest {
    private final Kernel kernel = LinuxKernel.instance();

    @Test
    void shouldReturnOnceTheLatchIsDown() {
        CountDownLatch latch = new CountDownLatch(1);
        Thread.startVirtualThread(latch::countDown);
        kernel.await(latch);
        assertEquals(0, latch.getCount());
        assertFalse(Thread.currentThread().isInterrupted());
    }

    @Test
    void shouldKeepAnInterruptForLater() {
        CountDownLatch latch = new CountDownLatch(1);
        Thread.currentThread().interrupt();
        Thread.startVirtualThread(latch::countDown);
        kernel.await(latch);
        assertEquals(0, latch.getCount(), "the interrupt does not end the wait");
        assertTrue(Thread.interrupted(), "and is not forgotten");
    }
}
