// SPDX-License-Identifier: Apache-2.0
package io.uringreactive;

import io.uringreactive.sys.ring.RingFeatures;

/** How a connection with bounded demand is received. Unbounded demand is a plain multishot. */
public enum ReceiveMode {
    /** {@link #CREDIT} where the kernel knows it, else {@link #ONE_SHOT}. */
    AUTO,

    /**
     * A multishot receive whose total is the window (Linux 6.17): the kernel itself stops when it
     * is spent, and one SQE serves many CQEs.
     */
    CREDIT,

    /** One SQE per buffer (Linux 6.1): as tight, at the price of an SQE for every CQE. */
    ONE_SHOT;

    /**
     * What it comes to on a kernel with {@code features}.
     *
     * @throws IllegalArgumentException for CREDIT on a kernel without it
     */
    public ReceiveMode on(RingFeatures features) {
        return switch (this) {
            case AUTO -> features.receiveCredit() ? CREDIT : ONE_SHOT;
            case ONE_SHOT -> ONE_SHOT;
            case CREDIT -> {
                if (!features.receiveCredit()) {
                    throw new IllegalArgumentException(
                            "receive mode CREDIT needs Linux 6.17; use AUTO or ONE_SHOT");
                }
                yield CREDIT;
            }
        };
    }
}
