// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.catalog;

import io.uringreactive.bench.lab.load.Ab;
import io.uringreactive.bench.lab.load.EchoLoad;
import io.uringreactive.bench.lab.load.H2load;
import io.uringreactive.bench.lab.load.Idle;
import io.uringreactive.bench.lab.load.OwnLoad;
import io.uringreactive.bench.lab.load.StreamLoad;
import io.uringreactive.bench.lab.load.Wrk;
import io.uringreactive.bench.lab.plan.Experiment;
import io.uringreactive.bench.lab.plan.Form;
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
                httpConnections(),
                webFluxJson(),
                idle(),
                stream(),
                echo(),
                StudyExperiments.ab(),
                StudyExperiments.openLoop(),
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
                new Pace(5, 3, 8, 2, 1),
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

    private static Experiment httpConnections() {
        return new Experiment(
                "http-connections",
                "HTTP, a connection for each request",
                "What does a connection cost, from its accept to its close?",
                "GET / of 13 bytes in HTTP/1.0 on a new connection each, which the server closes,"
                        + " 50 at a time, from ab; a latency is that of the whole connection",
                "connections at a time",
                "request",
                HttpContestants.CLOSING,
                List.of(
                        Point.connections(50)
                                .called("50", "50 connections at a time", OptionalDouble.of(50))),
                new Ab(20_000, false, HttpContestants.BODY),
                new Pace(7, 3, 3, 3, 3),
                brief("50", "uring", "epoll", "reactor-netty-epoll", "c-uring"));
    }

    private static Experiment webFluxJson() {
        return new Experiment(
                "webflux-json",
                "WebFlux, text and JSON",
                "What does a controller of WebFlux cost on this server and on reactor-netty?",
                "a @GetMapping of one application, keep-alive, one request at a time on each of"
                        + " 50 connections, from wrk",
                "what is asked for",
                "request",
                WebFlux.CONTESTANTS,
                WebFlux.POINTS,
                new Wrk(WebFlux::page),
                new Pace(7, 4, 15, 5, 2),
                new Form(
                        List.of("uring", "reactor-netty-epoll", "reactor-netty-uring"),
                        List.of("text", "json"),
                        Pace.SHORT));
    }

    private static Experiment idle() {
        return new Experiment(
                "idle",
                "Idle connections",
                "What do connections cost that say nothing?",
                "10,000 HTTP connections that have got one reply each and are kept, to a server that"
                        + " has just been started and has served 2,000 others, one after the other",
                "connections",
                "connection",
                HttpContestants.HOLDING,
                List.of(Point.connections(10_000)),
                new Idle(HttpContestants.BODY),
                new Pace(3, 8, 0, 0, 0),
                new Form(
                        List.of("uring", "reactor-netty-epoll", "c-uring"),
                        List.of("10000"),
                        new Pace(1, 2, 0, 0, 0)));
    }

    private Experiment stream() {
        return new Experiment(
                "stream",
                "Stream",
                "What does a MiB cost that a server streams, to one connection and to some that share it?",
                "1 GiB from server to client over TCP, shared by the connections, twice in each sample;"
                        + " every byte compared by bench/native/stream_load",
                "connections",
                "MiB",
                StreamContestants.ALL,
                List.of(Point.connections(1), Point.connections(8)),
                new StreamLoad(root.resolve("bench/native/build/stream_load"), 1024, 2),
                new Pace(7, 2, 2, 2, 2),
                brief("1", "uring", "epoll", "reactor-netty-epoll", "c-uring"));
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

    private static Experiment rings() {
        return new Experiment(
                "rings",
                "Rings",
                "What do more rings, or event loops, than cores cost?",
                PLAINTEXT_WORK + ", 50 connections",
                "rings or event loops",
                "request",
                List.of(HttpContestants.URING, HttpContestants.EPOLL),
                Points.byRings(),
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
        return new Experiment(
                "http-open-loop",
                "HTTP at a fixed rate",
                "How long do requests take that come whether or not the server is ready for them?",
                "GET / of 13 bytes, keep-alive, at a fixed rate over 50 connections, from the lab's own"
                        + " generator; a latency counts from when the request should have left",
                "requests a second",
                "request",
                HttpContestants.PACED,
                Points.rates(5_000, 20_000, 40_000),
                new OwnLoad(HttpContestants.BODY, 1),
                new Pace(7, 2.5, 5, 1, 1),
                brief("20000", "uring", "epoll", "reactor-netty-epoll", "nginx"));
    }

    private static Form brief(String point, String... contestants) {
        return new Form(List.of(contestants), List.of(point), Pace.SHORT);
    }
}
