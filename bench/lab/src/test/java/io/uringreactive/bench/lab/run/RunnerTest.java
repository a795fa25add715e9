// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.uringreactive.bench.lab.load.OwnLoad;
import io.uringreactive.bench.lab.plan.Contestant;
import io.uringreactive.bench.lab.plan.Experiment;
import io.uringreactive.bench.lab.plan.Form;
import io.uringreactive.bench.lab.plan.Kind;
import io.uringreactive.bench.lab.plan.Launch;
import io.uringreactive.bench.lab.plan.Pace;
import io.uringreactive.bench.lab.plan.Point;
import io.uringreactive.bench.lab.process.LabException;
import io.uringreactive.bench.lab.process.Tool;
import io.uringreactive.bench.lab.report.Report;
import io.uringreactive.bench.lab.result.Metric;
import io.uringreactive.bench.lab.result.Result;
import io.uringreactive.bench.lab.result.ResultFile;
import io.uringreactive.bench.lab.result.Sample;
import io.uringreactive.bench.lab.testing.ResultSchema;
import io.uringreactive.bench.lab.testing.TinySite;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs of a tiny experiment against real servers. */
class RunnerTest {
    /** Whatever else this machine does: nothing is discarded. */
    private static final Quiet ANY = new Quiet(1, 1, 0, 0, 0);

    private static final Contestant NOT_INSTALLED =
            new Contestant(
                    "mars",
                    "Mars",
                    Kind.PEER,
                    new Launch.Installed(new Tool("httpd-of-mars", "mars", "-v"), List.of(), ""));

    /** So many that a sample's CPU time is some of the kernel's ticks. */
    private static final int RATE = 5000;

    private static final Point OPEN =
            Point.connections(2).rate(RATE).called("open", "open loop", OptionalDouble.empty());

    @TempDir private static Path folder;

    private final StringWriter said = new StringWriter();

    @BeforeAll
    static void needTaskset() {
        assumeFalse(Tool.TASKSET.isMissing(), Tool.TASKSET.remedy());
    }

    @Test
    void shouldMeasureEachContestantInTurns() throws IOException {
        Choice choice =
                choice(
                        List.of(
                                TinySite.contestant("one", Kind.SUBJECT, TinySite.BODY),
                                NOT_INSTALLED,
                                TinySite.contestant("two", Kind.PEER, TinySite.BODY, "10000")),
                        List.of(OPEN));
        Site site = TinySite.in(folder);
        Measured measured = run(choice, site);

        List<String> turns = new ArrayList<>();
        measured.samples()
                .forEach(s -> turns.add(s.kind() + " " + s.round() + " " + s.contestant()));
        assertEquals(
                List.of(
                        "TIMED 1 one",
                        "TIMED 1 two",
                        "TIMED 2 one",
                        "TIMED 2 two",
                        "COUNTED 1 one",
                        "COUNTED 1 two"),
                turns);
        for (Sample sample : measured.samples()) {
            assertTrue(sample.requests() > 0, sample.toString());
            // Late ones of the time before may be among them, on a busy machine.
            assertTrue(sample.requests() < RATE * 3 * sample.seconds(), sample.toString());
        }
        Sample timed = measured.samples().getFirst();
        assertTrue(value(timed, Metric.CPU) > 1, timed.toString());
        assertTrue(value(timed, Metric.RESIDENT) > 1 << 20, timed.toString());
        assertTrue(timed.figures().containsKey(Metric.LATENCY_P90.key()), timed.toString());
        assertTrue(timed.figures().containsKey(Metric.DELAY.key()), timed.toString());

        // The second one allocates 10,000 bytes and their array's header more than the first one.
        double one = allocation(measured, "one");
        double two = allocation(measured, "two");
        assertEquals(10_016, two - one, 500, one + " and " + two);

        Assembly assembly =
                new Assembly(choice, site, Instant.now(), "short", "./uring bench tiny");
        Result result = assembly.result(measured);
        assertEquals(List.of(), ResultSchema.complaints(ResultFile.json(result)));
        String report = new Report(result).text();
        assertTrue(
                report.contains("Mars did not take part: missing program: httpd-of-mars"), report);
        assertTrue(report.contains("two server"), report);
        assertTrue(said.toString().contains("100 %"), said.toString());
        assertEquals(0, leftOver());
    }

    @Test
    void shouldFailWhenAReplyIsWrong() throws IOException {
        Choice liar =
                choice(
                        List.of(
                                TinySite.contestant(
                                        "liar", Kind.PEER, TinySite.BODY, "1", "wrong")),
                        List.of(Point.connections(1)));
        LabException failure =
                assertThrows(LabException.class, () -> run(liar, TinySite.in(folder)));
        assertTrue(failure.toString().contains("another body"), failure.toString());
        assertEquals(0, leftOver());
    }

    @Test
    void shouldSayWhatAServerSaidThatDidNotStart() throws IOException {
        Choice broken =
                choice(
                        List.of(
                                new Contestant(
                                        "broken",
                                        "Broken",
                                        Kind.PEER,
                                        new Launch.Java(
                                                "tiny", "NoSuchClass", List.of(), "ready", ""))),
                        List.of(Point.connections(1)));
        LabException failure =
                assertThrows(LabException.class, () -> run(broken, TinySite.in(folder)));
        assertTrue(failure.toString().contains("Broken did not become ready"));
        assertTrue(failure.toString().contains("NoSuchClass"), failure.toString());
    }

    private Measured run(Choice choice, Site site) {
        return new Runner(choice, site, ANY, new Progress(new PrintWriter(said))).run();
    }

    private static double allocation(Measured measured, String contestant) {
        return measured.samples().stream()
                .filter(sample -> sample.contestant().equals(contestant))
                .filter(sample -> sample.kind() == Sample.Counting.COUNTED)
                .mapToDouble(sample -> value(sample, Metric.ALLOCATION))
                .findFirst()
                .orElseThrow();
    }

    private static double value(Sample sample, Metric metric) {
        return Objects.requireNonNull(sample.figures().get(metric.key()), metric.key());
    }

    private static long leftOver() {
        return ProcessHandle.current()
                .descendants()
                .filter(child -> child.info().commandLine().orElse("").contains("TinyServer"))
                .count();
    }

    private static Choice choice(List<Contestant> contestants, List<Point> points) {
        Pace pace = new Pace(2, 0.5, 0.2, 0.2, 0.5);
        Experiment tiny =
                new Experiment(
                        "tiny",
                        "Tiny",
                        "Does the lab work?",
                        "GET / from the lab's own generator",
                        "connections",
                        "request",
                        contestants,
                        points,
                        new OwnLoad(TinySite.BODY, 0.2),
                        pace,
                        new Form(List.of(), List.of(), pace));
        return Choice.of(tiny, tiny.standard(), List.of(), List.of());
    }
}
