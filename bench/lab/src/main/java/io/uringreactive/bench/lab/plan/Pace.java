// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.plan;

/**
 * How long what takes.
 *
 * @param rounds each with one timed sample of every contestant
 * @param sampleSeconds of each sample; a load that is a number of requests takes what it takes
 * @param warmUpSeconds of load at the busiest point on each contestant before its first one
 * @param settleSeconds of load before each point
 * @param countSeconds of the round in which calls and allocation are counted
 */
public record Pace(
        int rounds,
        double sampleSeconds,
        double warmUpSeconds,
        double settleSeconds,
        double countSeconds) {
    public static final Pace SHORT = new Pace(2, 1, 1, 0.5, 1);

    /** Seconds of load for so many contestants at so many points, on so many sets of servers. */
    public double estimate(int contestants, int points, int serverSets, double extraSeconds) {
        double each = rounds * sampleSeconds + countSeconds + (rounds + 1) * extraSeconds;
        double warmUps =
                serverSets * (warmUpSeconds > 0 ? warmUpSeconds + extraSeconds : 0)
                        + points * (settleSeconds > 0 ? settleSeconds + extraSeconds : 0);
        return contestants * (warmUps + points * each);
    }
}
