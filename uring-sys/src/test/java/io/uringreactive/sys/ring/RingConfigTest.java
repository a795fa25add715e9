// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RingConfigTest {
    @ParameterizedTest
    @CsvSource({"8, 16", "8, 65536", "4096, 8192", "32768, 65536"})
    void shouldTakePowersOfTwoUpToTheKernelsLimits(int submission, int completion) {
        RingConfig config = new RingConfig(submission, completion);
        assertEquals(submission, config.submissionEntries());
        assertEquals(completion, config.completionEntries());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 16, submissionEntries must be a power of two from 8 to 32768: 0",
        "4, 16, submissionEntries must be a power of two from 8 to 32768: 4",
        "-8, 16, submissionEntries must be a power of two from 8 to 32768: -8",
        "12, 64, submissionEntries must be a power of two from 8 to 32768: 12",
        "65536, 65536, submissionEntries must be a power of two from 8 to 32768: 65536",
        "-2147483648, 16, submissionEntries must be a power of two from 8 to 32768: -2147483648",
        "8, 24, completionEntries must be a power of two from 8 to 65536: 24",
        "8, 131072, completionEntries must be a power of two from 8 to 65536: 131072",
        "16, 16, completionEntries must be at least twice submissionEntries: 16 < 2 * 16"
    })
    void shouldRefuseWhatTheKernelWouldChangeOrRefuse(
            int submission, int completion, String message) {
        IllegalArgumentException refused =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new RingConfig(submission, completion));
        assertEquals(message, refused.getMessage());
    }

    @Test
    void shouldHalveBothDownTo256() {
        RingConfig config = new RingConfig(1024, 8192);
        RingConfig half = config.halved();
        assertEquals(new RingConfig(512, 4096), half);
        RingConfig least = half.halved();
        assertEquals(new RingConfig(256, 2048), least);
        assertSame(least, least.halved());
    }

    @Test
    void shouldNotHalveARingThatIsSmallAlready() {
        RingConfig small = new RingConfig(8, 16);
        assertSame(small, small.halved());
    }

    @ParameterizedTest
    @CsvSource({"8, 16", "8, 1024", "32768, 65536"})
    void shouldBeWhatTheKernelOpens(int submission, int completion) {
        try (OpenRing open = OpenRing.open(submission, completion)) {
            assertEquals(submission, open.ring.submissionEntries());
            for (int i = 0; i < completion + 8; i++) {
                open.nop(i);
            }
            open.ring.enter(0);
            assertEquals(completion, open.ring.completions());
            assertTrue(open.ring.entryWanted(), "8 CQEs more than fit");
        }
    }
}
