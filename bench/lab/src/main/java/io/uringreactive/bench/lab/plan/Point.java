// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.plan;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * One place on an experiment's axis: how much of what.
 *
 * @param x the number on the axis; empty if points are categories
 */
public record Point(String name, String title, OptionalDouble x, Map<String, Integer> parameters) {
    private static final String CONNECTIONS = "connections";
    private static final String BYTES = "bytes";
    private static final String RINGS = "rings";
    private static final String DEPTH = "depth";
    private static final String RATE = "rate";

    public static Point connections(int count) {
        String title = count == 1 ? "1 connection" : "%,d connections".formatted(count);
        return new Point(
                Integer.toString(count),
                title,
                OptionalDouble.of(count),
                Map.of(CONNECTIONS, count));
    }

    /** Where a server gets the most requests in the same time: a JVM compiles by their number. */
    public static Point busiest(List<Point> points) {
        return Collections.max(
                points,
                Comparator.comparingInt((Point point) -> point.rate())
                        .thenComparingInt(point -> point.connections() * point.depth())
                        .thenComparingInt(point -> -point.bytes()));
    }

    /** The same point under another name: for an axis of something else. */
    public Point called(String newName, String newTitle, OptionalDouble newX) {
        return new Point(newName, newTitle, newX, parameters);
    }

    /** Bytes of one message. */
    public Point bytes(int bytes) {
        return with(BYTES, bytes);
    }

    /** Rings, event loops or workers of each server. */
    public Point rings(int rings) {
        return with(RINGS, rings);
    }

    /** Requests sent before the first reply is read. */
    public Point depth(int depth) {
        return with(DEPTH, depth);
    }

    /** Requests a second, on all connections together, whether or not replies come. */
    public Point rate(int rate) {
        return with(RATE, rate);
    }

    public int connections() {
        return parameters.getOrDefault(CONNECTIONS, 1);
    }

    public int bytes() {
        return parameters.getOrDefault(BYTES, 0);
    }

    public int rings() {
        return parameters.getOrDefault(RINGS, 1);
    }

    public int depth() {
        return parameters.getOrDefault(DEPTH, 1);
    }

    /** 0 for a closed loop. */
    public int rate() {
        return parameters.getOrDefault(RATE, 0);
    }

    private Point with(String parameter, int value) {
        Map<String, Integer> all = new LinkedHashMap<>(parameters);
        all.put(parameter, value);
        return new Point(name, title, x, Map.copyOf(all));
    }
}
