// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

/** Thrown in a loop that still uses its ring after its simulation was closed. */
final class SimulationEnded extends Error {
    private static final long serialVersionUID = 1L;

    SimulationEnded() {
        super("the simulation has been closed", null, false, false);
    }
}
