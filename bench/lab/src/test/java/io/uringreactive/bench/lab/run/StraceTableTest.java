// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class StraceTableTest {
    private static final String HEADER =
            "% time     seconds  usecs/call     calls    errors syscall\n"
                    + "------ ----------- ----------- --------- --------- ----------------\n"
                    + " 21.93    0.000182           6        27           mmap\n";

    @Test
    void shouldReadTheTotalWithAndWithoutErrorsAndTimes() {
        // strace 6.1, 6.1 without a failed call, 5.10.
        assertCalls(102, "100.00    0.000830           8       102         3 total");
        assertCalls(102, "100.00    0.000830           8       102           total");
        assertCalls(102, "100.00    0.000830                   102         3 total");
        assertCalls(102, "100.00    0.000830                   102           total");
    }

    @Test
    void shouldFindNothingInAnEmptyTable() {
        assertEquals(OptionalLong.empty(), StraceTable.calls(""));
        assertEquals(OptionalLong.empty(), StraceTable.calls(HEADER));
    }

    private static void assertCalls(long calls, String total) {
        assertEquals(OptionalLong.of(calls), StraceTable.calls(HEADER + total + "\n"));
    }
}
