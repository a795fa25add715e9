// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.transport;

/** Where a listener brings its connections, each on its own loop. */
interface ConnectionSink {
    void onConnection(LoopConnection connection);

    /** Accepting has ended for good: {@code error} is not one that passes. */
    void onFailure(Throwable error);
}
