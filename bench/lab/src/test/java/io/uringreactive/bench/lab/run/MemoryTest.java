// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.uringreactive.bench.lab.process.LabException;
import org.junit.jupiter.api.Test;

class MemoryTest {
    private static final String HISTOGRAM =
            """
            4711:
             num     #instances         #bytes  class name (module)
            -------------------------------------------------------
               1:          5000        1000000  [B (java.base@25)
               2:             1             24  Total
            Total          5001        1000024
            """;

    @Test
    void shouldReadWhatLivesOnAHeap() {
        assertEquals(1_000_024, Memory.total(HISTOGRAM));
        assertThrows(LabException.class, () -> Memory.total("4711:\nCould not attach\n"));
    }
}
