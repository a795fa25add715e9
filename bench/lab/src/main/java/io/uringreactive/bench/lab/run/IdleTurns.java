// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.run;

import io.uringreactive.bench.lab.load.Load;
import io.uringreactive.bench.lab.load.LoadHost;
import io.uringreactive.bench.lab.load.LoadResult;
import io.uringreactive.bench.lab.load.Window;
import io.uringreactive.bench.lab.plan.Contestant;
import io.uringreactive.bench.lab.plan.Point;
import io.uringreactive.bench.lab.proc.ProcFs;
import io.uringreactive.bench.lab.result.Figures;
import io.uringreactive.bench.lab.result.Metric;
import io.uringreactive.bench.lab.result.Sample;
import io.uringreactive.bench.lab.result.Sample.Counting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The turns of a run that holds connections. Each sample has a server of its own, alone: memory
 * that a process took for connections once is not given back when they close, so that a second
 * sample of it would find them free of charge.
 */
final class IdleTurns {
    /**
     * One after the other, before anything is measured: code is loaded and first buffers are there.
     */
    private static final int WARM_UP_CONNECTIONS = 2_000;

    private final Choice choice;
    private final Site site;
    private final Quiet quiet;
    private final Progress progress;
    private final Load load;
    private final Repeats repeats;
    private final List<Sample> samples = new ArrayList<>();
    private final Map<String, String> commands = new LinkedHashMap<>();

    IdleTurns(Choice choice, Site site, Quiet quiet, Progress progress) {
        this.choice = choice;
        this.site = site;
        this.quiet = quiet;
        this.progress = progress;
        this.load = choice.experiment().load();
        this.repeats = new Repeats(quiet, Patience.of(quiet, site.allCores()));
    }

    Measured run(Workplace workplace, List<Contestant> contestants, Map<String, String> absent) {
        int rounds = choice.pace().rounds();
        progress.expect(contestants.size() * choice.points().size() * rounds);
        for (Point point : choice.points()) {
            for (int round = 1; round <= rounds; round++) {
                for (Contestant contestant : contestants) {
                    add(workplace, contestant, point, round);
                }
            }
        }
        return new Measured(
                samples,
                repeats.discards(),
                commands,
                absent,
                "",
                Network.loopback().description());
    }

    private void add(Workplace workplace, Contestant contestant, Point point, int round) {
        Sample sample = repeats.take(() -> once(workplace, contestant, point, round));
        samples.add(sample);
        progress.sample(point.title(), contestant.title(), sample);
    }

    private Sample once(Workplace workplace, Contestant contestant, Point point, int round) {
        try (Server server =
                new Server(site, contestant, point.rings(), workplace.folder(contestant))) {
            commands.putIfAbsent(contestant.name(), String.join(" ", server.command()));
            server.awaitReady();
            load.check(server.target(), point);
            LoadHost host = new LoadHost(site.loadCores());
            for (int i = 0; i < WARM_UP_CONNECTIONS; i++) {
                load.run(host, server.target(), Point.connections(1), 0, Window.NONE);
            }
            Look look = new Look(server);
            LoadResult held =
                    load.run(host, server.target(), point, choice.pace().sampleSeconds(), look);
            server.checkAlive();
            return Sampler.sample(
                    server,
                    point,
                    round,
                    Counting.TIMED,
                    look.meter,
                    held,
                    quiet.isDisturbed(look.meter),
                    look.figures(held.requests()));
        }
    }

    /** At a server without connections, and again when it holds all of them. */
    private final class Look implements Window {
        private final Server server;
        private final Meter meter;
        private final Memory before;

        private Memory after;
        private OptionalLong nanosBefore = OptionalLong.empty();
        private OptionalLong nanosAfter = OptionalLong.empty();

        Look(Server server) {
            this.server = server;
            this.meter = new Meter(server.pids(), site.allCores());
            this.before = Memory.of(server, site);
            this.after = before;
        }

        @Override
        public void begin() {
            meter.begin();
            nanosBefore = ProcFs.runNanos(server.pids());
        }

        /** The collection comes behind the time that is measured. */
        @Override
        public void end() {
            nanosAfter = ProcFs.runNanos(server.pids());
            meter.end();
            after = Memory.of(server, site);
        }

        Figures figures(long connections) {
            Figures figures = new Figures();
            double bytes = grown(before.residentBytes(), after.residentBytes());
            if (before.heapBytes().isPresent() && after.heapBytes().isPresent()) {
                double heap = grown(before.heapBytes().getAsLong(), after.heapBytes().getAsLong());
                figures.put(Metric.CONNECTION_HEAP, heap / connections);
                bytes += heap;
            }
            figures.put(Metric.CONNECTION_MEMORY, bytes / connections);
            if (nanosBefore.isPresent() && nanosAfter.isPresent()) {
                double ran = grown(nanosBefore.getAsLong(), nanosAfter.getAsLong());
                figures.put(Metric.IDLE_CPU, 100 * ran / (meter.seconds() * 1e9));
            }
            return figures;
        }

        private static double grown(long before, long after) {
            return Math.max(0, after - before);
        }
    }
}
