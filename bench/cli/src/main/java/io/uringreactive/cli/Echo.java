// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.cli;

import io.uringreactive.Connection;
import org.reactivestreams.Publisher;

/** Sends back what it receives, until the peer has sent its last byte. */
final class Echo {
    static Publisher<Void> handle(Connection conn) {
        return conn.send(conn.receive());
    }

    private Echo() {}
}
