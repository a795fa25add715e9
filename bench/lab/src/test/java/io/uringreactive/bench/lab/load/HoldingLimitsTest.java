// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.load;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.bench.lab.process.LabException;
import org.junit.jupiter.api.Test;

class HoldingLimitsTest {
    @Test
    void shouldSayWhichLimitToRaiseAndHow() {
        assertDoesNotThrow(() -> HoldingLimits.check(10_000, 10_500, 10_000));
        LabException files =
                assertThrows(LabException.class, () -> HoldingLimits.check(10_000, 10_499, 10_000));
        assertTrue(files.toString().contains("ulimit -n 10500"), files.toString());
        LabException ports =
                assertThrows(LabException.class, () -> HoldingLimits.check(10_000, 10_500, 9_999));
        assertTrue(ports.toString().contains("ip_local_port_range"), ports.toString());
    }
}
