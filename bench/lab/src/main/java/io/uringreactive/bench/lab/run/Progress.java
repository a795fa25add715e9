// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.run;

import io.uringreactive.bench.lab.result.Metric;
import io.uringreactive.bench.lab.result.Sample;
import java.io.PrintWriter;

/** Tells the terminal how far a run is. */
public final class Progress {
    private final PrintWriter out;

    private int done;
    private int all;

    public Progress(PrintWriter out) {
        this.out = out;
    }

    void expect(int samples) {
        all = samples;
    }

    void say(String format, Object... arguments) {
        out.println(format.formatted(arguments));
        out.flush();
    }

    void sample(String point, String contestant, Sample sample) {
        done++;
        Double cpu = sample.figures().get(Metric.CPU.key());
        Double rate = sample.figures().get(Metric.REQUESTS_PER_SECOND.key());
        Double memory = sample.figures().get(Metric.CONNECTION_MEMORY.key());
        String figures = "counted";
        if (cpu != null && rate != null) {
            figures = "%8.3f us CPU, %,10.0f a second".formatted(cpu, rate);
        } else if (memory != null) {
            figures = "%,10.0f bytes a connection".formatted(memory);
        }
        say(
                "%3d %%  %-24s round %d  %-28s %s%s",
                done * 100 / all,
                point,
                sample.round(),
                contestant,
                figures,
                sample.disturbed() ? "  (disturbed)" : "");
    }
}
