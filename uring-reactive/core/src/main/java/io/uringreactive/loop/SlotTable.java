// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.loop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The in-flight table: an array of operations, found by the slot in a CQE's user_data. Each slot
 * has a generation that changes when it is freed, so a late CQE of an earlier tenant is told apart.
 * Confined to the loop.
 *
 * <pre>user_data: generation (37 bits, never negative) | carries (2 bits) | slot (24 bits)</pre>
 */
final class SlotTable {
    private static final int SLOT_BITS = 24;
    private static final int CARRIES_BITS = 2;
    private static final int SLOT_MASK = (1 << SLOT_BITS) - 1;
    private static final int GENERATION_SHIFT = SLOT_BITS + CARRIES_BITS;
    private static final long GENERATION_MASK = (1L << (Long.SIZE - 1 - GENERATION_SHIFT)) - 1;
    private static final int SLOTS_INITIAL = 256;

    private @Nullable InFlight[] tenants = new @Nullable InFlight[SLOTS_INITIAL];
    private long[] generations = new long[SLOTS_INITIAL];
    private int[] free = new int[SLOTS_INITIAL];
    private int freeCount;
    private int slotsUsed;

    /** Gives {@code tenant} a slot and returns the user_data that finds it again. */
    long claim(InFlight tenant) {
        int slot = freeCount > 0 ? free[--freeCount] : slotsUsed++;
        if (slot == tenants.length) {
            grow();
        }
        tenants[slot] = tenant;
        long carries = (long) tenant.carries().code() << SLOT_BITS;
        return generations[slot] << GENERATION_SHIFT | carries | slot;
    }

    private void grow() {
        if (tenants.length > SLOT_MASK) {
            throw new IllegalStateException(
                    "more than " + SLOT_MASK + " operations in flight on one ring");
        }
        int size = tenants.length * 2;
        tenants = Arrays.copyOf(tenants, size);
        generations = Arrays.copyOf(generations, size);
        free = Arrays.copyOf(free, size);
    }

    /** The operation that {@code userData} was given to, or null if its slot has moved on. */
    @Nullable InFlight find(long userData) {
        int slot = (int) userData & SLOT_MASK;
        return slot < slotsUsed && userData >>> GENERATION_SHIFT == generations[slot]
                ? tenants[slot]
                : null;
    }

    /** {@code heir} gets the CQEs that still come for {@code userData}. */
    void replace(long userData, InFlight heir) {
        tenants[(int) userData & SLOT_MASK] = heir;
        heir.userData = userData;
        heir.state = InFlight.State.SUBMITTED;
    }

    void release(long userData) {
        int slot = (int) userData & SLOT_MASK;
        tenants[slot] = null;
        generations[slot] = (generations[slot] + 1) & GENERATION_MASK;
        free[freeCount++] = slot;
    }

    static Carries carries(long userData) {
        return Carries.ofCode((int) (userData >>> SLOT_BITS) & ((1 << CARRIES_BITS) - 1));
    }

    /** Those whose terminal CQE has not come. */
    List<InFlight> tenants() {
        List<InFlight> present = new ArrayList<>();
        for (InFlight tenant : tenants) {
            if (tenant != null) {
                present.add(tenant);
            }
        }
        return present;
    }

    /** Operations in flight. */
    int live() {
        return slotsUsed - freeCount;
    }
}
