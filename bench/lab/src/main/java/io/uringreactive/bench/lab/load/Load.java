// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.load;

import io.uringreactive.bench.lab.plan.Point;
import io.uringreactive.bench.lab.process.Tool;
import java.util.List;

/** A load generator and the work that it asks for. It fails if a reply is wrong or missing. */
public interface Load {
    List<Tool> tools();

    /** One exchange with a server that has just started, its reply compared. */
    void check(Target target, Point point);

    /**
     * Whether it only holds connections: what is measured is then what they cost a server that has
     * just been started, and not what a request costs.
     */
    default boolean isIdle() {
        return false;
    }

    /** Whether server and load are to be on two hosts, if only two that this kernel plays. */
    default boolean betweenHosts() {
        return false;
    }

    /** Seconds of a run in which it does not measure: its start, its own warm-up, its end. */
    default double extraSeconds() {
        return 0.1;
    }

    /**
     * Runs the load once.
     *
     * @param seconds how long; a load that is a number of requests does not look at it
     * @param window is told when the measured part begins and when it has ended
     */
    LoadResult run(LoadHost host, Target target, Point point, double seconds, Window window);
}
