// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

/** Where a listener's acceptors bring what they accept, each on its own loop. */
interface ConnectionSink {
    void onConnection(UringConnection connection);

    /** Accepting has ended for good: {@code error} is not one that passes. */
    void onFailure(Throwable error);
}
