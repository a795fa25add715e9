// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.catalog;

import io.uringreactive.bench.lab.load.Ab;
import io.uringreactive.bench.lab.load.OwnLoad;
import io.uringreactive.bench.lab.plan.Contestant;
import io.uringreactive.bench.lab.plan.Experiment;
import io.uringreactive.bench.lab.plan.Form;
import io.uringreactive.bench.lab.plan.Pace;
import java.util.List;

/** What is asked of {@code ./uring serve study}, on rings and on the epoll baseline. */
final class StudyExperiments {
    private static final String BODY = "Hello from uring-reactive\n";

    private static final List<Contestant> CONTESTANTS =
            List.of(
                    Entrants.uring(Programs.serve("study", "uring")),
                    Entrants.epoll(Programs.serve("study", "epoll")));

    static Experiment ab() {
        return new Experiment(
                "study-ab",
                "The study's web server",
                "Does the study's server answer its ab -n 10000 -c 50, and how fast, on rings and on epoll?",
                "GET / in HTTP/1.0 on a new connection each, 10,000 of them by 50 at a time, from ab",
                "rings or event loops",
                "request",
                CONTESTANTS,
                Points.byRings(),
                new Ab(10_000, false, BODY),
                new Pace(20, 1, 2, 1, 1),
                new Form(
                        List.of("uring", "epoll"),
                        List.of("1", "2", "4", "8"),
                        new Pace(2, 1, 1, 1, 1)));
    }

    static Experiment openLoop() {
        return new Experiment(
                "study-open-loop",
                "The study's web server at a fixed rate",
                "Is the p99 of requests at a fixed rate on rings above that on epoll?",
                "GET / of 26 bytes, keep-alive, at a fixed rate over 50 connections, from the lab's own"
                        + " generator on another host of this kernel; a latency counts from when the"
                        + " request should have left",
                "requests a second",
                "request",
                CONTESTANTS,
                Points.rates(2_000, 5_000, 10_000, 20_000, 40_000),
                new OwnLoad(BODY, 1, true),
                new Pace(7, 5, 6, 2, 1),
                new Form(
                        List.of("uring", "epoll"),
                        List.of("5000", "20000"),
                        new Pace(2, 1, 1, 1, 1)));
    }

    private StudyExperiments() {}
}
