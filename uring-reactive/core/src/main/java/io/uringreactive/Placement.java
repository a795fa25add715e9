// SPDX-License-Identifier: Apache-2.0
package io.uringreactive;

/** Which ring of a group an accepted connection lives on. */
public enum Placement {
    /**
     * The one whose listening socket got it: the kernel spreads connections by a hash of their
     * addresses (SO_REUSEPORT, socket(7)). No hand-off, but few connections spread unevenly: of 50
     * on 8 rings the fullest holds 10 to 14.
     */
    KERNEL,

    /**
     * The one with the fewest open connections; on a tie, the one that accepted it. A connection
     * that moves costs a hand-off between two threads, once.
     */
    LEAST_CONNECTIONS
}
