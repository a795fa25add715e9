// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.toggles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ToggleTest {
    @Test
    void shouldReadWhatItWrites() {
        for (Toggle toggle : Toggle.values()) {
            assertEquals(Set.of(toggle), Toggle.of(Toggle.text(Set.of(toggle))));
        }
        Set<Toggle> all = EnumSet.allOf(Toggle.class);
        assertEquals(all, Toggle.of(Toggle.text(all)));
        assertEquals(all, Toggle.of("all"));
        assertEquals(Set.of(), Toggle.of(Toggle.text(Set.of())));
    }

    @Test
    void shouldRefuseOtherWords() {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> Toggle.of("map,maps"));
        String words = "enters,threads,map,interrupts are wanted, not 'maps'";
        assertTrue(refused.toString().contains(words), refused.toString());
        assertThrows(IllegalArgumentException.class, () -> Toggle.of(""));
    }
}
