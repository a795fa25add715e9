// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import io.uringreactive.ConnectionOptions;
import io.uringreactive.loop.Ended;
import io.uringreactive.op.UringScheduler;
import io.uringreactive.transport.LoopConnection;
import io.uringreactive.transport.Origin;

/** Connections on a ring that has ended: what is put on their loop runs on the calling thread. */
public final class EndedConnection {
    private static final UringScheduler ENDED = Ended.scheduler();

    public static LoopConnection create() {
        return new UringConnection(ENDED, -1, Origin.ACCEPTED, ConnectionOptions.defaults());
    }

    private EndedConnection() {}
}
