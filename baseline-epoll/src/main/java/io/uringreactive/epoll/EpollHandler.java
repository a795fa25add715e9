// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.epoll;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollIoOps;

/**
 * Netty's epoll, whose sockets stay in the set when they wait for nothing. Netty takes them out
 * (4.2.13 to 4.2.20, netty#16689) and forgets that it has: the next epoll_ctl(2), such as that of a
 * send that must wait behind the peer's FIN, fails with ENOENT, and the send with it.
 *
 * <p>They wait for the next error or hang-up instead, which epoll(7) reports always, and by its
 * edge (EPOLLET), so that one that lasts does not keep the loop awake.
 */
final class EpollHandler implements IoHandler {
    private final IoHandler handler;

    private EpollHandler(IoHandler handler) {
        this.handler = handler;
    }

    static IoHandlerFactory factory() {
        IoHandlerFactory factory = EpollIoHandler.newFactory();
        return executor -> new EpollHandler(factory.newHandler(executor));
    }

    @Override
    public void initialize() {
        handler.initialize();
    }

    @Override
    public int run(IoHandlerContext context) {
        return handler.run(context);
    }

    @Override
    public void prepareToDestroy() {
        handler.prepareToDestroy();
    }

    @Override
    public void destroy() {
        handler.destroy();
    }

    @Override
    public IoRegistration register(IoHandle handle) throws Exception {
        return new Kept(handler.register(handle));
    }

    @Override
    public void wakeup() {
        handler.wakeup();
    }

    @Override
    public boolean isCompatible(Class<? extends IoHandle> type) {
        return handler.isCompatible(type);
    }

    /** Used on the event loop. */
    private static final class Kept implements IoRegistration {
        private final IoRegistration registration;
        private boolean inSet;

        Kept(IoRegistration registration) {
            this.registration = registration;
        }

        @Override
        public <T> T attachment() {
            return registration.attachment();
        }

        @Override
        public long submit(IoOps ops) {
            boolean nothing = ops.equals(EpollIoOps.NONE);
            inSet |= !nothing;
            return registration.submit(nothing && inSet ? EpollIoOps.EPOLLET : ops);
        }

        @Override
        public boolean isValid() {
            return registration.isValid();
        }

        @Override
        public boolean cancel() {
            return registration.cancel();
        }
    }
}
