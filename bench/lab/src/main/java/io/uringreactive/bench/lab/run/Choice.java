// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.run;

import io.uringreactive.bench.lab.plan.Contestant;
import io.uringreactive.bench.lab.plan.Experiment;
import io.uringreactive.bench.lab.plan.Form;
import io.uringreactive.bench.lab.plan.Pace;
import io.uringreactive.bench.lab.plan.Point;
import io.uringreactive.bench.lab.process.LabException;
import java.util.List;
import java.util.function.Function;

/** What of an experiment is run. */
public record Choice(
        Experiment experiment, List<Contestant> contestants, List<Point> points, Pace pace) {
    /** A form of it; lists that are not empty replace the form's. */
    public static Choice of(
            Experiment experiment, Form form, List<String> contestants, List<String> points) {
        return new Choice(
                experiment,
                named(
                        "contestant",
                        experiment.contestants(),
                        Contestant::name,
                        contestants.isEmpty() ? form.contestants() : contestants),
                named(
                        "point",
                        experiment.points(),
                        Point::name,
                        points.isEmpty() ? form.points() : points),
                form.pace());
    }

    /** Of load, without starts and stops. */
    public double estimatedSeconds() {
        return experiment.estimatedSeconds(pace, contestants.size(), points);
    }

    public Choice at(Pace other) {
        return new Choice(experiment, contestants, points, other);
    }

    /** In the experiment's order. */
    private static <T> List<T> named(
            String what, List<T> all, Function<T, String> name, List<String> wanted) {
        List<String> names = all.stream().map(name).toList();
        for (String each : wanted) {
            if (!names.contains(each)) {
                throw new LabException(
                        "no %s '%s'; there are: %s"
                                .formatted(what, each, String.join(", ", names)));
            }
        }
        return all.stream().filter(each -> wanted.contains(name.apply(each))).toList();
    }
}
