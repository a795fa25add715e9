// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.catalog;

import io.uringreactive.bench.lab.plan.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Axes that several experiments have, of 50 connections each. */
final class Points {
    /** Requests a second. */
    static List<Point> rates(int... rates) {
        List<Point> points = new ArrayList<>();
        for (int rate : rates) {
            points.add(
                    Point.connections(50)
                            .called(
                                    Integer.toString(rate),
                                    "%,d a second".formatted(rate),
                                    OptionalDouble.of(rate))
                            .rate(rate));
        }
        return List.copyOf(points);
    }

    /** 1 to 8 rings or event loops. */
    static List<Point> byRings() {
        List<Point> points = new ArrayList<>();
        for (int rings = 1; rings <= 8; rings++) {
            String title = rings == 1 ? "1 ring" : rings + " rings";
            points.add(
                    Point.connections(50)
                            .called(Integer.toString(rings), title, OptionalDouble.of(rings))
                            .rings(rings));
        }
        return List.copyOf(points);
    }

    private Points() {}
}
