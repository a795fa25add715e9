// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.uringreactive.bench.lab.load.Idle;
import io.uringreactive.bench.lab.plan.Experiment;
import io.uringreactive.bench.lab.plan.Form;
import io.uringreactive.bench.lab.plan.Kind;
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
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that has a thread for each connection holds some. */
class IdleTurnsTest {
    /** What a thread and its stack touch of memory, at the least. */
    private static final double THREAD_BYTES_MIN = 8_192;

    @TempDir private static Path folder;

    @BeforeAll
    static void needTaskset() {
        assumeFalse(Tool.TASKSET.isMissing(), Tool.TASKSET.remedy());
    }

    @Test
    void shouldMeasureWhatConnectionsCostThatSayNothing() throws IOException {
        Choice choice = choice(TinySite.BODY);
        Site site = TinySite.in(folder);
        Measured measured = run(choice, site);

        assertEquals(2, measured.samples().size());
        for (Sample sample : measured.samples()) {
            assertEquals(100, sample.requests());
            assertTrue(value(sample, Metric.CONNECTION_HEAP) > 100, sample.toString());
            assertTrue(
                    value(sample, Metric.CONNECTION_MEMORY)
                            > value(sample, Metric.CONNECTION_HEAP) + THREAD_BYTES_MIN,
                    sample.toString());
            // Some kernels do not tell it.
            Double idle = sample.figures().getOrDefault(Metric.IDLE_CPU.key(), 0.0);
            assertTrue(idle < 100, sample.toString());
        }
        Result result =
                new Assembly(choice, site, Instant.now(), "short", "./uring bench tiny")
                        .result(measured);
        assertEquals(List.of(), ResultSchema.complaints(ResultFile.json(result)));
        String report = new Report(result).text();
        assertTrue(report.contains("memory, ours/theirs"), report);
    }

    @Test
    void shouldFailWhenAReplyIsWrong() throws IOException {
        Site site = TinySite.in(folder);
        assertThrows(LabException.class, () -> run(choice("another"), site));
    }

    private static Measured run(Choice choice, Site site) {
        Progress progress = new Progress(new PrintWriter(new StringWriter()));
        return new Runner(choice, site, new Quiet(1, 1, 0, 0, 0), progress).run();
    }

    private static double value(Sample sample, Metric metric) {
        return Objects.requireNonNull(sample.figures().get(metric.key()), metric.key());
    }

    private static Choice choice(String body) {
        Pace pace = new Pace(2, 0.3, 0, 0, 0);
        Experiment tiny =
                new Experiment(
                        "tiny",
                        "Tiny",
                        "What does a thread cost?",
                        "connections that have got one reply each",
                        "connections",
                        "connection",
                        List.of(TinySite.contestant("one", Kind.SUBJECT, TinySite.BODY)),
                        List.of(Point.connections(100)),
                        new Idle(body),
                        pace,
                        new Form(List.of(), List.of(), pace));
        return Choice.of(tiny, tiny.standard(), List.of(), List.of());
    }
}
