// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class PointTest {
    private static final Point ONE = Point.connections(1);
    private static final Point MANY = Point.connections(400);

    @Test
    void shouldBeBusiestWithTheMostRequests() {
        assertEquals(MANY, Point.busiest(List.of(ONE, MANY, Point.connections(50))));
        Point deep = Point.connections(50).depth(16);
        assertEquals(deep, Point.busiest(List.of(deep, MANY)));
        Point small = MANY.bytes(64);
        assertEquals(small, Point.busiest(List.of(MANY.bytes(65_536), small)));
        Point fast = ONE.rate(40_000);
        assertEquals(fast, Point.busiest(List.of(MANY.rate(5_000), fast)));
    }
}
