// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

/**
 * Something that the simulated kernel or network may do when the seed picks it: complete an
 * operation, let data arrive. Offered to the {@link WorkQueue} whenever it may have become ready.
 */
abstract class KernelTask {
    /** In the queue of the ready, or delayed on its way there. Owned by {@link WorkQueue}. */
    boolean queued;

    /** Whether there is something to do now. Has no side effects. */
    abstract boolean ready();

    /** Does one step; if more is ready after it, the queue takes the task again. */
    abstract void run();

    /** For traces and dumps; free of addresses and hashes, the same in every run. */
    abstract String describe();
}
