// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.testing;

import io.uringreactive.RingGroup;
import io.uringreactive.RingScheduler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A ring of the running kernel for each test, which must leave no descriptor behind. */
public abstract class OnOneRing {
    /** How many descriptors were open before the ring was. */
    protected int before;

    protected RingGroup group;
    protected RingScheduler ring;

    @BeforeEach
    void open() {
        Rings.assumeAvailable();
        before = Rings.descriptors();
        group = Rings.group(1);
        ring = group.next();
    }

    @AfterEach
    void close() {
        Rings.stop(group);
        Rings.awaitDescriptors(before);
    }
}
