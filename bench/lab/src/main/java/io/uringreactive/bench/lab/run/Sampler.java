// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.run;

import io.uringreactive.bench.lab.load.Load;
import io.uringreactive.bench.lab.load.LoadHost;
import io.uringreactive.bench.lab.load.LoadResult;
import io.uringreactive.bench.lab.load.Window;
import io.uringreactive.bench.lab.plan.Point;
import io.uringreactive.bench.lab.proc.CpuTicks;
import io.uringreactive.bench.lab.proc.ProcFs;
import io.uringreactive.bench.lab.proc.Switches;
import io.uringreactive.bench.lab.result.Figures;
import io.uringreactive.bench.lab.result.Metric;
import io.uringreactive.bench.lab.result.Result.Discard;
import io.uringreactive.bench.lab.result.Sample;
import io.uringreactive.bench.lab.result.Sample.Counting;
import io.uringreactive.bench.lab.result.Sample.Quantile;
import java.util.List;
import java.util.OptionalLong;

/** Takes samples of servers under one load, and repeats those that something else disturbed. */
final class Sampler {
    private static final double MICROS_PER_TICK = 1e6 / ProcFs.TICKS_PER_SECOND;

    private final Load load;
    private final Site site;
    private final Quiet quiet;
    private final CallCounter calls;
    private final Repeats repeats;

    Sampler(Load load, Site site, Quiet quiet, CallCounter calls) {
        this.load = load;
        this.site = site;
        this.quiet = quiet;
        this.calls = calls;
        this.repeats = new Repeats(quiet, Patience.of(quiet, site.allCores()));
    }

    void warmUp(Server server, Point point, double seconds) {
        load.run(new LoadHost(site.loadCores()), server.target(), point, seconds, Window.NONE);
        server.checkAlive();
    }

    Sample timed(Server server, Point point, int round, double seconds) {
        return repeats.take(() -> timedOnce(server, point, round, seconds));
    }

    private Sample timedOnce(Server server, Point point, int round, double seconds) {
        Meter meter = new Meter(server.pids(), site.allCores());
        LoadHost host = new LoadHost(site.loadCores());
        LoadResult loaded = load.run(host, server.target(), point, seconds, meter);
        server.checkAlive();
        return sample(
                server,
                point,
                round,
                Counting.TIMED,
                meter,
                loaded,
                quiet.isDisturbed(meter),
                timedFigures(server, meter, loaded));
    }

    /** Calls and allocation, where they can be counted. */
    Sample counted(Server server, Point point, double seconds) {
        Figures figures = new Figures();
        Meter meter = new Meter(server.pids(), site.allCores());
        LoadResult[] loaded = new LoadResult[1];
        OptionalLong count;
        if (server.isJava() && server.isReachable()) {
            try (HeapAllocation heap = HeapAllocation.of(server.pid())) {
                heap.begin();
                count = count(server, point, seconds, meter, loaded);
                figures.put(Metric.ALLOCATION, (double) heap.end() / loaded[0].allRequests());
            }
        } else {
            count = count(server, point, seconds, meter, loaded);
        }
        count.ifPresent(
                number -> figures.put(Metric.SYSCALLS, (double) number / loaded[0].allRequests()));
        server.checkAlive();
        return sample(
                server,
                point,
                1,
                Counting.COUNTED,
                meter,
                loaded[0],
                quiet.isDisturbed(meter),
                figures);
    }

    private OptionalLong count(
            Server server, Point point, double seconds, Meter meter, LoadResult[] loaded) {
        return calls.count(
                server, host -> loaded[0] = load.run(host, server.target(), point, seconds, meter));
    }

    private static Figures timedFigures(Server server, Meter meter, LoadResult loaded) {
        CpuTicks cpu = meter.cpu();
        Switches switches = meter.switches();
        double requests = loaded.requests();
        double user = cpu.user() + cpu.reapedUser();
        double system = cpu.system() + cpu.reapedSystem();
        return new Figures()
                .put(Metric.REQUESTS_PER_SECOND, requests / loaded.seconds())
                .put(Metric.CPU, (user + system) * MICROS_PER_TICK / requests)
                .put(Metric.USER_CPU, user * MICROS_PER_TICK / requests)
                .put(Metric.SYSTEM_CPU, system * MICROS_PER_TICK / requests)
                .put(Metric.LATENCY_P50, loaded.latencies().at(50))
                .put(Metric.LATENCY_P90, loaded.latencies().at(90))
                .put(Metric.LATENCY_P99, loaded.latencies().at(99))
                .put(Metric.LATENCY_P999, loaded.latencies().at(99.9))
                .put(Metric.LATENCY_P9999, loaded.latencies().at(99.99))
                .put(Metric.LATENCY_MAX, loaded.latencies().at(100))
                .put(Metric.DELAY, loaded.delayMicros())
                .put(Metric.SWITCHES, switches.voluntary() / requests)
                .put(Metric.PREEMPTIONS, switches.forced() / requests)
                .put(Metric.RESIDENT, ProcFs.residentBytes(server.pids()));
    }

    static Sample sample(
            Server server,
            Point point,
            int round,
            Counting kind,
            Meter meter,
            LoadResult loaded,
            boolean disturbed,
            Figures figures) {
        // A counted sample's times are those of a server that something looked at.
        List<Quantile> distribution =
                kind == Counting.COUNTED
                        ? List.of()
                        : loaded.latencies().micros().entrySet().stream()
                                .map(each -> new Quantile(each.getKey(), each.getValue()))
                                .toList();
        return new Sample(
                point.name(),
                server.contestant().name(),
                round,
                kind,
                rounded(loaded.seconds()),
                loaded.requests(),
                rounded(meter.otherLoad()),
                rounded(meter.steal()),
                disturbed,
                figures.byKey(),
                distribution);
    }

    private static double rounded(double value) {
        return Math.round(value * 10_000) / 10_000.0;
    }

    List<Discard> discards() {
        return repeats.discards();
    }
}
