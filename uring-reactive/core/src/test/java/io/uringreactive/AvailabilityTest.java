// SPDX-License-Identifier: Apache-2.0
package io.uringreactive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.sys.ring.LinuxKernel;
import io.uringreactive.sys.ring.RingUnavailable;
import org.junit.jupiter.api.Test;

/** What a process learns without trying; that io_uring is denied is tested where it is. */
class AvailabilityTest {
    @Test
    void shouldSayWhatOpeningARingSays() {
        Availability now = UringNet.availability();
        try {
            assertNotNull(LinuxKernel.instance().features());
            assertTrue(now.isAvailable(), now::toString);
            assertEquals("", now.remedy());
        } catch (RingUnavailable e) {
            assertFalse(now.isAvailable());
            assertEquals(e.reason(), now.reason());
            assertEquals(e.getMessage(), now + ".");
        }
    }
}
