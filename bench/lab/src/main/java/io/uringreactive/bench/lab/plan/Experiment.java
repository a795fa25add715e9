// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.plan;

import io.uringreactive.bench.lab.load.Load;
import java.util.ArrayList;
import java.util.List;

/**
 * A question, and what is measured to answer it.
 *
 * @param work what one request is, and who sends it
 * @param axis what changes from point to point
 * @param request the word for one unit of work
 * @param pace of the standard form, which takes every contestant and every point
 * @param brief the short form
 */
public record Experiment(
        String name,
        String title,
        String question,
        String work,
        String axis,
        String request,
        List<Contestant> contestants,
        List<Point> points,
        Load load,
        Pace pace,
        Form brief) {
    public Form standard() {
        return new Form(
                contestants.stream().map(Contestant::name).toList(),
                points.stream().map(Point::name).toList(),
                pace);
    }

    /** Seconds that the standard form takes, without starts and stops. */
    public double estimatedSeconds() {
        return estimatedSeconds(pace, contestants.size(), points);
    }

    /** The same for a part of it. */
    public double estimatedSeconds(Pace other, int contestantCount, List<Point> some) {
        return other.estimate(
                contestantCount, some.size(), byRings(some).size(), load.extraSeconds());
    }

    /** Neighbours that the same servers can serve: those with as many rings. */
    public static List<List<Point>> byRings(List<Point> points) {
        List<List<Point>> groups = new ArrayList<>();
        for (Point point : points) {
            if (groups.isEmpty() || groups.getLast().getLast().rings() != point.rings()) {
                groups.add(new ArrayList<>());
            }
            groups.getLast().add(point);
        }
        return groups;
    }
}
