// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.catalog;

import static io.uringreactive.bench.lab.plan.Kind.BASELINE;
import static io.uringreactive.bench.lab.plan.Kind.FLOOR;
import static io.uringreactive.bench.lab.plan.Kind.SUBJECT;

import io.uringreactive.bench.lab.plan.Contestant;
import java.util.List;

/** Servers that send back what they receive. */
final class EchoContestants {
    static final Contestant URING =
            new Contestant("uring", "uring", SUBJECT, Programs.serve("echo", "uring"));
    static final Contestant EPOLL =
            new Contestant("epoll", "uring on epoll", BASELINE, Programs.serve("echo", "epoll"));
    static final Contestant C_URING =
            new Contestant("c-uring", "C, io_uring", FLOOR, Programs.c("echo_uring"));

    static final List<Contestant> ALL = List.of(URING, EPOLL, C_URING);

    private EchoContestants() {}
}
