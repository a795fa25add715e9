// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.run;

import io.uringreactive.bench.lab.load.Load;
import io.uringreactive.bench.lab.plan.Contestant;
import io.uringreactive.bench.lab.plan.Experiment;
import io.uringreactive.bench.lab.plan.Launch;
import io.uringreactive.bench.lab.plan.Pace;
import io.uringreactive.bench.lab.plan.Point;
import io.uringreactive.bench.lab.process.LabException;
import io.uringreactive.bench.lab.process.Tool;
import io.uringreactive.bench.lab.result.Sample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Runs a choice: all servers live at once, on the same cores, and one of them is loaded at a time,
 * in turns, so that the machine's drift meets all alike. Servers start anew where a point wants
 * another number of rings. {@link IdleTurns} are another matter.
 */
public final class Runner {
    private final Choice choice;
    private final Site site;
    private final Quiet quiet;
    private final Progress progress;

    public Runner(Choice choice, Site site, Quiet quiet, Progress progress) {
        this.choice = choice;
        this.site = site;
        this.quiet = quiet;
        this.progress = progress;
    }

    /** Why a contestant cannot take part, by name. */
    public static Map<String, String> absent(List<Contestant> contestants) {
        Map<String, String> absent = new LinkedHashMap<>();
        for (Contestant contestant : contestants) {
            if (contestant.launch() instanceof Launch.Installed installed
                    && installed.tool().isMissing()) {
                absent.put(contestant.name(), installed.tool().remedy());
            }
        }
        return absent;
    }

    public Measured run() {
        Load load = choice.experiment().load();
        List<Tool> tools = new ArrayList<>(load.tools());
        tools.add(Tool.TASKSET);
        Tool.require(tools);
        site.checkCores();
        if (tools.contains(Tool.MAKE)
                || choice.contestants().stream().anyMatch(c -> c.launch() instanceof Launch.C)) {
            site.makeNative();
        }
        Map<String, String> absent = absent(choice.contestants());
        absent.forEach((name, why) -> progress.say("%s does not take part: %s", name, why));
        List<Contestant> present =
                choice.contestants().stream()
                        .filter(Predicate.not(c -> absent.containsKey(c.name())))
                        .toList();
        if (present.isEmpty()) {
            throw new LabException("no contestant is left");
        }
        try (Workplace workplace = new Workplace()) {
            if (load.isIdle()) {
                return new IdleTurns(choice, site, quiet, progress).run(workplace, present, absent);
            }
            try (Network network = Network.of(load.betweenHosts(), progress)) {
                return inTurns(workplace, network, present, absent);
            }
        }
    }

    private Measured inTurns(
            Workplace workplace,
            Network network,
            List<Contestant> present,
            Map<String, String> absent) {
        CallCounter calls = CallCounter.choose(site, workplace.folder());
        if (calls.name().isEmpty()) {
            progress.say("system calls are not counted: apt-get install linux-perf or strace");
        }
        Turns turns = new Turns(choice.experiment().load(), calls, network, present);
        progress.expect(present.size() * choice.points().size() * (choice.pace().rounds() + 1));
        for (List<Point> points : Experiment.byRings(choice.points())) {
            turns.run(workplace, points);
        }
        return new Measured(
                turns.samples,
                turns.sampler.discards(),
                turns.commands,
                absent,
                calls.name(),
                network.description());
    }

    /** The turns of one run and what came of them. */
    private final class Turns {
        private final Load load;
        private final Network network;
        private final List<Contestant> contestants;
        private final Sampler sampler;
        private final List<Sample> samples = new ArrayList<>();
        private final Map<String, String> commands = new LinkedHashMap<>();

        Turns(Load load, CallCounter calls, Network network, List<Contestant> contestants) {
            this.load = load;
            this.network = network;
            this.contestants = contestants;
            this.sampler = new Sampler(load, site, quiet, calls);
        }

        void run(Workplace workplace, List<Point> points) {
            progress.say("starting %d servers", contestants.size());
            List<Server> servers = new ArrayList<>();
            try {
                for (Contestant contestant : contestants) {
                    int rings = points.getFirst().rings();
                    Server server =
                            new Server(
                                    site, network, contestant, rings, workplace.folder(contestant));
                    servers.add(server);
                    commands.putIfAbsent(contestant.name(), String.join(" ", server.command()));
                }
                servers.forEach(Server::awaitReady);
                servers.forEach(server -> load.check(server.target(), points.getFirst()));
                Point busiest = Point.busiest(points);
                warmUp(servers, busiest, choice.pace().warmUpSeconds());
                for (Point point : points) {
                    warmUp(servers, point, choice.pace().settleSeconds());
                    take(servers, point);
                }
            } finally {
                servers.reversed().forEach(Server::close);
            }
        }

        private void warmUp(List<Server> servers, Point point, double seconds) {
            progress.say("%s: warming up, %.0f s each", point.title(), seconds);
            servers.forEach(server -> sampler.warmUp(server, point, seconds));
        }

        private void take(List<Server> servers, Point point) {
            Pace pace = choice.pace();
            for (int round = 1; round <= pace.rounds(); round++) {
                for (Server server : servers) {
                    add(server, point, sampler.timed(server, point, round, pace.sampleSeconds()));
                }
            }
            for (Server server : servers) {
                add(server, point, sampler.counted(server, point, pace.countSeconds()));
            }
        }

        private void add(Server server, Point point, Sample sample) {
            samples.add(sample);
            progress.sample(point.title(), server.contestant().title(), sample);
        }
    }
}
