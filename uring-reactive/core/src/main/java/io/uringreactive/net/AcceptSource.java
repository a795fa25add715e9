// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import java.util.List;

/**
 * Some of a listener's acceptors, as what feeds a {@link Hub}: while there is no demand they accept
 * nothing.
 */
record AcceptSource(UringListener listener, List<Acceptor> acceptors)
        implements Hub.Source<UringConnection> {
    @Override
    public void want(boolean connections) {
        acceptors.forEach(acceptor -> acceptor.want(connections));
    }

    @Override
    public void beforeEmit(UringConnection connection) {
        listener.watchUnclaimed(connection);
    }

    /** One hub's end is every hub's: a listening socket that nobody accepts on is a trap. */
    @Override
    public void dispose() {
        listener.dispose();
    }

    @Override
    public String toString() {
        return listener + ", " + acceptors.stream().map(Acceptor::loop).toList();
    }
}
