// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.simulation;

/** A scenario fails under a seed. */
final class SeedFailed extends AssertionError {
    private static final long serialVersionUID = 1L;

    final long seed;

    SeedFailed(long seed, Throwable cause) {
        super("failed with seed " + seed + "; replay: -Dseed=" + seed, cause);
        this.seed = seed;
    }
}
