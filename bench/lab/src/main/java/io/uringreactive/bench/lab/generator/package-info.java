// SPDX-License-Identifier: Apache-2.0
/**
 * A load generator for what others cannot do: a fixed rate with each latency counted from when the
 * request should have left, and the same for echo as for HTTP. A program of its own, so that it has
 * its own core; {@link io.uringreactive.bench.lab.load.OwnLoad} starts it.
 */
@NullMarked
package io.uringreactive.bench.lab.generator;

import org.jspecify.annotations.NullMarked;
