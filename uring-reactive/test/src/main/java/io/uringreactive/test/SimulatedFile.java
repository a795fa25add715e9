// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

/**
 * What a descriptor refers to. It lives until the last reference is dropped: the descriptor's own,
 * and one of every operation in flight on it (io_uring: closing a descriptor cancels nothing).
 */
abstract class SimulatedFile {
    private int references;

    final void hold() {
        references++;
    }

    final void drop() {
        assert references > 0;
        if (--references == 0) {
            released();
        }
    }

    /** The last reference is gone: where TCP says goodbye. */
    abstract void released();

    abstract String describe();
}
