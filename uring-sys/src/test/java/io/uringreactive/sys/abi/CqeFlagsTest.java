// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.abi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CqeFlagsTest {
    @Test
    void shouldReadTheHighestBufferIdAsAPositiveNumber() {
        assertEquals(0xFFFF, CqeFlags.bufferId(0xFFFF_0001));
        assertEquals(7, CqeFlags.bufferId(7 << 16 | CqeFlags.BUFFER | CqeFlags.MORE));
    }

    @Test
    void shouldCallACqeTerminalOnlyByItsMoreFlag() {
        assertTrue(CqeFlags.isTerminal(0));
        assertTrue(CqeFlags.isTerminal(CqeFlags.BUFFER | CqeFlags.SOCK_NONEMPTY));
        assertFalse(CqeFlags.isTerminal(CqeFlags.MORE));
    }

    @Test
    void shouldSeeABufferOnlyWhereTheFlagIsSet() {
        assertTrue(CqeFlags.hasBuffer(CqeFlags.BUFFER));
        assertFalse(CqeFlags.hasBuffer(5 << 16 | CqeFlags.MORE | CqeFlags.BUF_MORE));
    }
}
