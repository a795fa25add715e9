// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.transport;

import java.net.InetSocketAddress;

/** What a {@link Connector} connects with, on one loop. Confined to it. */
public interface Dialer {
    Loop loop();

    /** An attempt at {@code address}, not started; it tells {@code connector} how it went. */
    Attempt attempt(Connector connector, InetSocketAddress address);

    /** One socket on its way to one address: its own until the connector is told otherwise. */
    interface Attempt {
        /**
         * Ends in {@link Connector#onConnected} or {@link Connector#onFailed}, from within or
         * later, unless it is given up.
         */
        void start();

        /** Nobody waits any more: the socket is closed, whatever becomes of it. */
        void giveUp();
    }
}
