// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.transport;

import java.util.List;

/**
 * Some of a listener's gates, as what feeds a {@link Hub}: while there is no demand nothing is
 * accepted.
 */
record AcceptSource(LoopListener listener, List<? extends Gate> gates)
        implements Hub.Source<LoopConnection> {
    @Override
    public void want(boolean connections) {
        gates.forEach(gate -> gate.want(connections));
    }

    @Override
    public void beforeEmit(LoopConnection connection) {
        listener.watchUnclaimed(connection);
    }

    /** One hub's end is every hub's: a listening socket that nobody accepts on is a trap. */
    @Override
    public void dispose() {
        listener.dispose();
    }

    @Override
    public String toString() {
        return listener + ", " + gates.stream().map(Gate::loop).toList();
    }
}
