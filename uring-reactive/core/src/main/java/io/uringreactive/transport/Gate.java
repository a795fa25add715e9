// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.transport;

/** Where a listener lets the connections of one loop in. */
public interface Gate {
    Loop loop();

    /** Whether connections are wanted from now on; safe from any thread. */
    void want(boolean connections);
}
