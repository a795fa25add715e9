// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Masks of the superuser, of root in a container, and of nobody. */
class CapabilitiesTest {
    @Test
    void shouldReadTheEffectiveOnes() {
        Capabilities all = Capabilities.of(List.of("Name:\tjava", "CapEff:\t000001ffffffffff"));
        assertTrue(all.has(Capabilities.IPC_LOCK));
        assertTrue(all.has(Capabilities.SYS_ADMIN));
        Capabilities container = Capabilities.of(List.of("CapEff:\t00000000a80425fb"));
        assertFalse(container.has(Capabilities.IPC_LOCK));
        assertFalse(container.has(Capabilities.SYS_ADMIN));
        assertEquals(new Capabilities(0), Capabilities.of(List.of()));
    }
}
