// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import io.uringreactive.sys.abi.Errno;
import io.uringreactive.sys.abi.NetFlags;
import io.uringreactive.sys.abi.SockAddr;
import io.uringreactive.sys.libc.Native;
import java.net.InetSocketAddress;
import java.util.Objects;

/** accept4(2), one-shot and multishot (Linux 5.19). */
final class AcceptOperation extends Operation {
    private static final Errno[] ERRORS = {
        Errno.EMFILE, Errno.ENFILE, Errno.ENOBUFS, Errno.ENOMEM, Errno.ECONNABORTED
    };

    /** EAGAIN is the answer of a backlog that is empty. */
    private static final Errno[] INTERRUPTIONS = {Errno.EINTR};

    private final SimulatedSocket listener;

    AcceptOperation(SimulatedRing ring, Submission submission, SimulatedSocket listener) {
        super(ring, submission, listener);
        this.listener = listener;
    }

    @Override
    boolean canProceed() {
        Backlog backlog = listener.backlog();
        return backlog == null
                || backlog.isClosed()
                || !backlog.isEmpty()
                // The descriptor is allocated first: with none left, nobody waits for a client.
                || world.files.isFull()
                || submission.has(NetFlags.ACCEPT_DONTWAIT);
    }

    @Override
    Errno[] interruptions() {
        return INTERRUPTIONS;
    }

    @Override
    void proceed() {
        Backlog backlog = listener.backlog();
        if (world.files.isFull()) {
            finish(-Errno.EMFILE.number(), 0);
        } else if (backlog == null || backlog.isClosed()) {
            finish(-Errno.EINVAL.number(), 0);
        } else if (backlog.isEmpty()) {
            finish(-Errno.EAGAIN.number(), 0);
        } else {
            int way = world.chance.way(Fault.ACCEPT_ERROR, ERRORS.length);
            if (way > 0) {
                fail(backlog, ERRORS[way - 1]);
            } else {
                accept(backlog);
            }
        }
    }

    private void fail(Backlog backlog, Errno errno) {
        StreamEnd aborted = errno == Errno.ECONNABORTED ? backlog.take() : null;
        if (aborted != null) {
            aborted.release(true);
        }
        finish(-errno.number(), 0);
    }

    private void accept(Backlog backlog) {
        StreamEnd end = Objects.requireNonNull(backlog.take());
        writeAddress(end.place().remote());
        int fd = world.files.open(new SimulatedSocket(world, end));
        if (submission.has(NetFlags.ACCEPT_MULTISHOT)) {
            more(fd, 0);
        } else {
            finish(fd, 0);
        }
    }

    /** A multishot's CQEs share the place, so only the last address stands there. */
    private void writeAddress(InetSocketAddress remote) {
        if (submission.addr() != 0) {
            SockAddr.write(remote, Native.memory(submission.addr(), SockAddr.SIZE_MAX));
        }
    }
}
