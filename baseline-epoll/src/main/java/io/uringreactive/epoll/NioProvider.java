// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.epoll;

import io.uringreactive.Availability;
import io.uringreactive.Transport;

/** The JDK's own sockets, which every system has. */
public final class NioProvider extends NettyProvider {
    static final String NAME = "nio";

    private static final int PREFERENCE = 10;
    private static final Shared SHARED = new Shared();

    /** Starts and loads nothing. */
    public NioProvider() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int preference() {
        return PREFERENCE;
    }

    @Override
    public Availability availability() {
        return new Availability(null, "nio is available: the JDK's own channels", "");
    }

    @Override
    public Transport shared() {
        return SHARED.get(this);
    }

    @Override
    Sockets sockets() {
        return new NioSockets();
    }
}
