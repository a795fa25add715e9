// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.catalog;

import io.uringreactive.bench.lab.load.Ab;
import io.uringreactive.bench.lab.load.EchoLoad;
import io.uringreactive.bench.lab.load.H2load;
import io.uringreactive.bench.lab.load.OwnLoad;
import io.uringreactive.bench.lab.load.Wrk;
import io.uringreactive.bench.lab.plan.Contestant;
import io.uringreactive.bench.lab.plan.Experiment;
import io.uringreactive.bench.lab.plan.Form;
import io.uringreactive.bench.lab.plan.Kind;
import io.uringreactive.bench.lab.plan.Pace;
import io.uringreactive.bench.lab.plan.Point;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Every experiment that {@code ./uring bench} knows. */
public final class Catalog {
    private static final String PLAINTEXT_WORK =
            "GET / of 13 bytes, keep-alive, one request at a time on each connection, from wrk";

    private final Path root;

    /**
     * @param root of the repository
     */
    public Catalog(Path root) {
        this.root = root;
    }

    public List<Experiment> all() {
        return List.of(
                httpPlaintext(),
                httpSecondOpinion(),
                httpPipelined(),
                httpOpenLoop(),
                echo(),
                studyAb(),
                rings(),
                toggles());
    }

    private static Experiment httpPlaintext() {
        return new Experiment(
                "http-plaintext",
                "HTTP plaintext",
                "What does a plain HTTP request cost, here and elsewhere, as connections grow?",
                PLAINTEXT_WORK,
                "connections",
                "request",
                HttpContestants.ALL,
                List.of(Point.connections(1), Point.connections(50), Point.connections(400)),
                new Wrk(HttpContestants.BODY),
                new Pace(5, 3, 6, 2, 1),
                brief("50", "uring", "epoll", "reactor-netty-epoll", "nginx", "c-uring"));
    }

    private static Experiment httpSecondOpinion() {
        return new Experiment(
                "http-second-opinion",
                "HTTP plaintext, by another load generator",
                "Does h2load, which writes every latency down, come to the same order as wrk?",
                "GET / of 13 bytes, keep-alive, one request at a time on each connection, from h2load",
                "connections",
                "request",
                HttpContestants.ALL,
                List.of(Point.connections(50)),
                new H2load(HttpContestants.BODY),
                new Pace(7, 4, 8, 2, 1),
                brief("50", "uring", "epoll", "reactor-netty-epoll", "nginx", "c-uring"));
    }

    private static Experiment httpPipelined() {
        return new Experiment(
                "http-pipelined",
                "HTTP, pipelined",
                "Do requests that come together leave together?",
                "GET / of 13 bytes, keep-alive, 16 requests at a time on 50 connections, from wrk;"
                        + " a latency is that of a batch",
                "requests at a time",
                "request",
                HttpContestants.ALL,
                List.of(
                        Point.connections(50)
                                .called("16", "16 requests at a time", OptionalDouble.of(16))
                                .depth(16)),
                new Wrk(HttpContestants.BODY),
                new Pace(7, 4, 8, 2, 1),
                brief("16", "uring", "epoll", "reactor-netty-epoll", "nginx", "c-uring"));
    }

    private Experiment echo() {
        List<Point> points = new ArrayList<>();
        for (int bytes : new int[] {64, 8192, 65_536}) {
            for (int connections : new int[] {1, 50, 1000}) {
                Point point = Point.connections(connections);
                String size = bytes < 1024 ? bytes + " B" : bytes / 1024 + " KiB";
                points.add(
                        point.called(
                                        "%d-%d".formatted(bytes, connections),
                                        size + ", " + point.title(),
                                        OptionalDouble.empty())
                                .bytes(bytes));
            }
        }
        return new Experiment(
                "echo",
                "Echo",
                "What does a message cost without a protocol on top, by size and connections?",
                "a message sent and its echo awaited on each connection, from bench/native/echo_load",
                "message size and connections",
                "message",
                EchoContestants.ALL,
                points,
                new EchoLoad(root.resolve("bench/native/build/echo_load")),
                new Pace(5, 1, 4, 1, 0.5),
                brief("64-50", "uring", "epoll", "reactor-netty-epoll", "c-uring"));
    }

    private static Experiment studyAb() {
        return new Experiment(
                "study-ab",
                "The study's web server",
                "Does the study's server answer its ab -n 10000 -c 50, and how fast, on rings and on epoll?",
                "GET / in HTTP/1.0 on a new connection each, 10,000 of them by 50 at a time, from ab",
                "rings or event loops",
                "request",
                List.of(
                        new Contestant(
                                "uring", "uring", Kind.SUBJECT, Programs.serve("study", "uring")),
                        new Contestant(
                                "epoll",
                                "uring on epoll",
                                Kind.BASELINE,
                                Programs.serve("study", "epoll"))),
                byRings(),
                new Ab(10_000, false),
                new Pace(20, 1, 2, 1, 1),
                new Form(
                        List.of("uring", "epoll"),
                        List.of("1", "2", "4", "8"),
                        new Pace(2, 1, 1, 1, 1)));
    }

    private static Experiment rings() {
        return new Experiment(
                "rings",
                "Rings",
                "What do more rings, or event loops, than cores cost?",
                PLAINTEXT_WORK + ", 50 connections",
                "rings or event loops",
                "request",
                List.of(HttpContestants.URING, HttpContestants.EPOLL),
                byRings(),
                new Wrk(HttpContestants.BODY),
                new Pace(7, 4, 6, 2, 1),
                new Form(
                        List.of("uring", "epoll"),
                        List.of("1", "2", "8"),
                        new Pace(2, 1, 1, 1, 1)));
    }

    private Experiment toggles() {
        return new Experiment(
                "toggles",
                "What slows io_uring down",
                "What does each way to misuse a ring cost by itself: an enter per operation, submission"
                        + " by other threads, a map under a lock, no DEFER_TASKRUN?",
                "a message of 64 B sent and its echo awaited on each of 50 connections, from"
                        + " bench/native/echo_load",
                "message size and connections",
                "message",
                ToggleContestants.ALL,
                List.of(
                        Point.connections(50)
                                .called("64-50", "64 B, 50 connections", OptionalDouble.empty())
                                .bytes(64)),
                new EchoLoad(root.resolve("bench/native/build/echo_load")),
                new Pace(13, 5, 8, 2, 2),
                brief("64-50", "uring", "none", "enters", "threads", "map", "interrupts", "all"));
    }

    private static Experiment httpOpenLoop() {
        List<Point> points = new ArrayList<>();
        for (int rate : new int[] {5_000, 20_000, 40_000}) {
            points.add(
                    Point.connections(50)
                            .called(
                                    Integer.toString(rate),
                                    "%,d a second".formatted(rate),
                                    OptionalDouble.of(rate))
                            .rate(rate));
        }
        return new Experiment(
                "http-open-loop",
                "HTTP at a fixed rate",
                "How long do requests take that come whether or not the server is ready for them?",
                "GET / of 13 bytes, keep-alive, at a fixed rate over 50 connections, from the lab's own"
                        + " generator; a latency counts from when the request should have left",
                "requests a second",
                "request",
                HttpContestants.PACED,
                points,
                new OwnLoad(HttpContestants.BODY, 1),
                new Pace(7, 2.5, 5, 1, 1),
                brief("20000", "uring", "epoll", "reactor-netty-epoll", "nginx"));
    }

    private static List<Point> byRings() {
        List<Point> points = new ArrayList<>();
        for (int rings = 1; rings <= 8; rings++) {
            String title = rings == 1 ? "1 ring" : rings + " rings";
            points.add(
                    Point.connections(50)
                            .called(Integer.toString(rings), title, OptionalDouble.of(rings))
                            .rings(rings));
        }
        return List.copyOf(points);
    }

    private static Form brief(String point, String... contestants) {
        return new Form(List.of(contestants), List.of(point), Pace.SHORT);
    }
}
