// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.load;

import java.util.OptionalDouble;

/**
 * What a load did in its measured part.
 *
 * @param allRequests those before and after that part too: what is counted while the whole program
 *     runs is divided by them
 * @param delayMicros at p99, how much later than it could have the generator sent; known only of
 *     one that keeps a schedule
 */
public record LoadResult(
        double seconds,
        long requests,
        long allRequests,
        Latencies latencies,
        OptionalDouble delayMicros) {
    /** Of a program that measures from its start to its end. */
    LoadResult(double seconds, long requests, Latencies latencies) {
        this(seconds, requests, requests, latencies, OptionalDouble.empty());
    }
}
