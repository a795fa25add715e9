// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Every benchmark runs once, in this JVM, and finds nothing wrong with what it did. */
class BenchmarksTest {
    private static final Set<Class<?>> BENCHMARKS =
            Set.of(
                    NopBenchmark.class,
                    InboxBenchmark.class,
                    TimerBenchmark.class,
                    ReceiveBenchmark.class,
                    SendBenchmark.class);

    @Test
    void shouldRunOnce() throws RunnerException {
        System.setProperty("jmh.ignoreLock", "true");
        Options once =
                new OptionsBuilder()
                        .mode(Mode.SingleShotTime)
                        .forks(0)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .timeout(TimeValue.seconds(60))
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build();
        Collection<RunResult> results = new Runner(once).run();
        Set<String> ran =
                results.stream()
                        .map(result -> result.getParams().getBenchmark())
                        .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(declared(), ran);
        assertEquals(2, results.stream().filter(r -> is(r, ReceiveBenchmark.class)).count());
        for (RunResult result : results) {
            assertTrue(
                    result.getPrimaryResult().getScore() > 0, result.getPrimaryResult().toString());
        }
    }

    private static boolean is(RunResult result, Class<?> type) {
        return result.getParams().getBenchmark().startsWith(type.getName());
    }

    private static Set<String> declared() {
        Set<String> names =
                BENCHMARKS.stream()
                        .flatMap(type -> Stream.of(type.getDeclaredMethods()))
                        .filter(method -> method.isAnnotationPresent(Benchmark.class))
                        .map(BenchmarksTest::name)
                        .collect(Collectors.toCollection(TreeSet::new));
        assertFalse(names.isEmpty());
        return names;
    }

    private static String name(Method method) {
        return method.getDeclaringClass().getName() + "." + method.getName();
    }
}
