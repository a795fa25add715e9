// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.sys.abi.EnterFlags;
import io.uringreactive.sys.abi.RegisterOps;
import io.uringreactive.sys.abi.SqeFlags;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The kernel's own account, against what was found by trying. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KernelQueryTest {
    private final RingFeatures features = LinuxKernel.instance().features();

    @Test
    void shouldBeAnsweredSince618() {
        boolean expected = !SystemFacts.read().kernelOlderThan(6, 18);
        assertEquals(expected, LinuxKernel.instance().query() != null);
    }

    @Test
    void shouldAgreeWithTheProbe() {
        KernelQuery query = LinuxKernel.instance().query();
        Assumptions.assumeTrue(query != null, "missing kernel feature: queries (Linux 6.18)");
        assertNotNull(query);
        assertTrue(query.opcodes() >= features.opcodes().length(), query::toString);
        assertTrue(query.registerOps() > RegisterOps.QUERY, query::toString);
        assertEquals(Integer.toUnsignedLong(features.featureBits()), query.features());
        assertEquals(features.setupFlags(), features.setupFlags() & query.setupFlags());
        int enterFlags = EnterFlags.GETEVENTS | EnterFlags.EXT_ARG_REG | EnterFlags.NO_IOWAIT;
        assertEquals(enterFlags, enterFlags & query.enterFlags());
        int sqeFlags = SqeFlags.FIXED_FILE | SqeFlags.BUFFER_SELECT | SqeFlags.CQE_SKIP_SUCCESS;
        assertEquals(sqeFlags, sqeFlags & query.sqeFlags());
        assertTrue(query.queries() >= 1, query::toString);
    }
}
