// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.simulation;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Runs every scenario of this package under a range of seeds, and goes on until all have had their
 * share or one fails: {@code SimulationRun FIRST_SEED SCHEDULES [SCENARIO]}, the scenario being a
 * part of {@code class#method}. For {@code bench/simulate.sh}, which runs several at once.
 */
final class SimulationRun {
    /** Scenarios take turns, so that one that fails soon is not behind millions of another's. */
    private static final int ROUND = 10;

    private static final PrintStream OUT = System.out;

    private final List<Method> scenarios;
    private final Map<String, Long> nanos = new TreeMap<>();
    private final long begin = System.nanoTime();

    private SimulationRun(List<Method> scenarios) {
        this.scenarios = scenarios;
    }

    public static void main(String[] args) throws Exception {
        long first = Long.parseLong(args[0]);
        long schedules = Long.parseLong(args[1]);
        String filter = args.length > 2 ? args[2] : "";
        List<Method> scenarios = scenarios(filter);
        if (scenarios.isEmpty()) {
            throw new IllegalArgumentException("no scenario has '" + filter + "' in its name");
        }
        boolean passed = new SimulationRun(scenarios).run(first, schedules);
        System.exit(passed ? 0 : 1); // threads of a failed simulation may still be there
    }

    /** Every test of the classes beside this one that are named as scenarios are. */
    private static List<Method> scenarios(String filter)
            throws IOException, URISyntaxException, ClassNotFoundException {
        Path here =
                Path.of(
                                SimulationRun.class
                                        .getProtectionDomain()
                                        .getCodeSource()
                                        .getLocation()
                                        .toURI())
                        .resolve(SimulationRun.class.getPackageName().replace('.', '/'));
        List<Method> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(here)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith("SimulationTest.class")) {
                    String simpleName = name.substring(0, name.length() - ".class".length());
                    Class<?> type =
                            Class.forName(SimulationRun.class.getPackageName() + "." + simpleName);
                    for (Method method : type.getDeclaredMethods()) {
                        if (method.isAnnotationPresent(Test.class)
                                && nameOf(method).contains(filter)) {
                            found.add(method);
                        }
                    }
                }
            }
        }
        found.sort(Comparator.comparing(SimulationRun::nameOf));
        return found;
    }

    private static String nameOf(Method method) {
        return method.getDeclaringClass().getSimpleName() + "#" + method.getName();
    }

    private boolean run(long first, long schedules) throws ReflectiveOperationException {
        long left = schedules;
        for (long seed = first; left > 0; seed += ROUND) {
            for (Method scenario : scenarios) {
                long count = Math.min(ROUND, left);
                if (count > 0 && !run(scenario, seed, count)) {
                    return false;
                }
                left -= count;
            }
        }
        report();
        return true;
    }

    private boolean run(Method scenario, long first, long count)
            throws ReflectiveOperationException {
        System.setProperty("seed.first", Long.toString(first));
        System.setProperty("seeds", Long.toString(count));
        var constructor = scenario.getDeclaringClass().getDeclaredConstructor();
        long start = System.nanoTime();
        try {
            scenario.invoke(constructor.newInstance());
        } catch (InvocationTargetException e) {
            Throwable failure = e.getTargetException();
            OUT.printf(
                    "FAILED %s after %d schedules and %.1f s: %s%n",
                    nameOf(scenario),
                    Seeds.completed() + 1,
                    seconds(System.nanoTime() - begin),
                    failure.getMessage());
            failure.printStackTrace(OUT);
            return false;
        }
        nanos.merge(nameOf(scenario), System.nanoTime() - start, Long::sum);
        return true;
    }

    private void report() {
        double all = seconds(System.nanoTime() - begin);
        long completed = Seeds.completed();
        nanos.forEach((name, time) -> OUT.printf("%8.1f s  %s%n", seconds(time), name));
        OUT.printf(
                "PASSED %d schedules of %d scenarios in %.1f s, %.0f per second%n",
                completed, scenarios.size(), all, completed / all);
    }

    private static double seconds(long nanos) {
        return nanos / 1e9;
    }
}
