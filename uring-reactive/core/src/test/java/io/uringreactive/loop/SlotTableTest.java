// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SlotTableTest {
    private final SlotTable slots = new SlotTable();

    private static final class Tenant extends InFlight {
        private final Carries carries;

        Tenant(Carries carries) {
            this.carries = carries;
        }

        @Override
        protected Carries carries() {
            return carries;
        }

        @Override
        protected void onCompletion(int result, int cqeFlags) {}

        @Override
        protected void onCancelled() {}
    }

    @Test
    void shouldFindEachTenantByItsUserDataAlsoAfterGrowing() {
        Map<Long, Tenant> live = new HashMap<>();
        for (int i = 0; i < 5_000; i++) {
            Tenant tenant = new Tenant(Carries.NOTHING);
            assertNull(live.put(slots.claim(tenant), tenant), "two tenants share a user_data");
        }
        assertEquals(5_000, slots.live());
        live.forEach((userData, tenant) -> assertSame(tenant, slots.find(userData)));
    }

    @Test
    void shouldNotFindAnythingByAStaleUserData() {
        long first = slots.claim(new Tenant(Carries.NOTHING));
        slots.release(first);
        assertNull(slots.find(first), "a free slot has no tenant");
        Tenant next = new Tenant(Carries.NOTHING);
        long second = slots.claim(next);
        assertNotEquals(first, second, "the slot is the same, its generation is not");
        assertNull(slots.find(first), "a late CQE must not reach the next tenant");
        assertSame(next, slots.find(second));
    }

    @Test
    void shouldNotFindAnythingInASlotThatWasNeverUsed() {
        assertNull(slots.find(0));
        assertNull(slots.find(77));
        assertNull(slots.find((1 << 24) - 1));
    }

    @Test
    void shouldKeepWhatAnOperationCarriesInItsUserData() {
        for (Carries carries : Carries.values()) {
            long userData = slots.claim(new Tenant(carries));
            assertEquals(carries, SlotTable.carries(userData));
            slots.release(userData);
            assertEquals(carries, SlotTable.carries(userData), "it also tells once it is stale");
        }
    }

    @Test
    void shouldNeverRepeatAUserDataNorMakeANegativeOne() {
        Random random = new Random(11);
        List<Long> live = new ArrayList<>();
        Set<Long> seen = new HashSet<>();
        for (int i = 0; i < 50_000; i++) {
            if (live.size() < 300 && (live.isEmpty() || random.nextInt(2) == 0)) {
                long userData = slots.claim(new Tenant(Carries.BUFFER));
                assertTrue(userData >= 0, "negative ones are the loop's own");
                assertTrue(seen.add(userData), "user_data used twice");
                live.add(userData);
            } else {
                long userData = live.remove(random.nextInt(live.size()));
                slots.release(userData);
                assertNull(slots.find(userData));
            }
            assertEquals(live.size(), slots.live());
        }
    }
}
