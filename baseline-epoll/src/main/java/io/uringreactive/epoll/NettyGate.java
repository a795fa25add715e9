// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.epoll;

import io.uringreactive.transport.Gate;
import io.uringreactive.transport.Loop;

/** Whether connections of one event loop are wanted; the listening socket is one for all. */
final class NettyGate implements Gate {
    private final NettyLoop loop;
    private final Entrance entrance;
    private volatile boolean wanted;

    NettyGate(NettyLoop loop, Entrance entrance) {
        this.loop = loop;
        this.entrance = entrance;
    }

    @Override
    public Loop loop() {
        return loop;
    }

    NettyLoop netty() {
        return loop;
    }

    boolean isWanted() {
        return wanted;
    }

    @Override
    public void want(boolean connections) {
        wanted = connections;
        entrance.reconsider();
    }
}
