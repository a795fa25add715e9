// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.generator;

import java.io.IOException;
import java.nio.ByteBuffer;

/** What one connection says and expects; of one connection, because it keeps half a reply. */
interface Exchange {
    /** The next request, ready to be written. Valid until the next call. */
    ByteBuffer request();

    /**
     * Takes what has been received.
     *
     * @return whether the reply to the last request is complete
     * @throws IOException if it is not the reply that is wanted
     */
    boolean received(ByteBuffer bytes) throws IOException;
}
