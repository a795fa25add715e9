// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.load;

/** What a load did in its measured part. */
public record LoadResult(double seconds, long requests, Latencies latencies) {}
