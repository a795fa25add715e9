// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.op;

import io.uringreactive.sys.ring.Sockets;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A file descriptor that an operation has opened, on its way to whoever takes it. One that is lost
 * there, because an operator drops it when another thread cancels at that moment, is closed: by
 * {@code doOnDiscard(Descriptor.class, Descriptor::close)} at once, without that when the garbage
 * collector finds it. Safe from any thread.
 */
public final class Descriptor implements AutoCloseable {
    private static final int GONE = -1;
    private static final Cleaner CLEANER = Cleaner.create();

    private final Owned owned;
    private final Cleaner.Cleanable cleaning;

    /** What must not refer to the descriptor, or that would never be found lost. */
    private static final class Owned extends AtomicInteger implements Runnable {
        private static final long serialVersionUID = 1L;

        private final transient Sockets sockets;

        Owned(Sockets sockets, int fd) {
            super(fd);
            this.sockets = sockets;
        }

        @Override
        public void run() {
            int fd = getAndSet(GONE);
            if (fd != GONE) {
                // A socket that nobody has used: close(2) returns at once, with nothing to tell.
                sockets.close(fd);
            }
        }
    }

    Descriptor(Sockets sockets, int fd) {
        this.owned = new Owned(sockets, fd);
        this.cleaning = CLEANER.register(this, owned);
    }

    /**
     * The descriptor's number, which is the caller's to close from now on.
     *
     * @throws IllegalStateException when it was taken or closed before
     */
    public int take() {
        try {
            int fd = owned.getAndSet(GONE);
            if (fd == GONE) {
                throw new IllegalStateException("the descriptor was taken or closed before");
            }
            cleaning.clean();
            return fd;
        } finally {
            // Or it might be found lost, and closed, before its number was taken out.
            Reference.reachabilityFence(this);
        }
    }

    /** Closes it, unless it was taken or closed before. */
    @Override
    public void close() {
        cleaning.clean();
    }

    @Override
    public String toString() {
        int fd = owned.get();
        return fd == GONE ? "descriptor, taken or closed" : "descriptor " + fd;
    }
}
