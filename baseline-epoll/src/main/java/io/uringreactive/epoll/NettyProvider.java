// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.epoll;

import io.uringreactive.Availability;
import io.uringreactive.Settings;
import io.uringreactive.Transport;
import io.uringreactive.TransportProvider;
import io.uringreactive.TransportUnavailable;
import io.uringreactive.sys.ring.RingUnavailable.Reason;
import org.jspecify.annotations.Nullable;

/** What the providers of this module have in common. */
abstract class NettyProvider implements TransportProvider {
    /** The transport that everybody shares, of one kind of sockets. */
    static final class Shared {
        private @Nullable Transport transport;

        synchronized Transport get(NettyProvider provider) {
            Transport current = transport;
            if (current == null || current.isDisposed()) {
                current = provider.open(Settings.threads());
                transport = current;
            }
            return current;
        }
    }

    /** Called only where they are available. */
    abstract Sockets sockets();

    @Override
    public final Transport open(int threads) {
        Availability availability = availability();
        if (!availability.isAvailable()) {
            throw new TransportUnavailable(availability, null);
        }
        try {
            return new NettyTransport(sockets(), threads);
        } catch (IllegalStateException e) {
            // Netty could not open what an event loop waits with.
            throw new TransportUnavailable(
                    new Availability(
                            Reason.FILE_LIMIT,
                            name() + " is not available: no event loop could be opened (" + e + ")",
                            "Raise RLIMIT_NOFILE (ulimit -n), or take fewer threads"),
                    e);
        }
    }
}
