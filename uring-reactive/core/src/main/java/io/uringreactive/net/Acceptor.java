// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import io.uringreactive.ListenOptions;
import io.uringreactive.TransportErrors;
import io.uringreactive.TransportErrors.Family;
import io.uringreactive.loop.Carries;
import io.uringreactive.loop.InFlight;
import io.uringreactive.loop.Operations;
import io.uringreactive.loop.RingLoop;
import io.uringreactive.loop.Timeout;
import io.uringreactive.op.Accept;
import io.uringreactive.op.Close;
import io.uringreactive.op.UringScheduler;
import io.uringreactive.sys.abi.Errno;
import io.uringreactive.sys.abi.NetFlags;
import io.uringreactive.sys.abi.Sqe;
import io.uringreactive.transport.Gate;
import org.jspecify.annotations.Nullable;
import reactor.util.Logger;
import reactor.util.Loggers;

/**
 * One ring's listening socket and the accept on it. Confined to that ring's loop.
 *
 * <pre>
 *   ACCEPTING --stop()--> EMPTYING --backlog empty--> CLOSING --CQE of the close--> CLOSED
 *       +--------------------dispose()-----------------^
 * </pre>
 *
 * While ACCEPTING, an accept is armed as long as connections are wanted: a multishot one, or one
 * for each connection. Disarming it asks the kernel to end it and still delivers what it had
 * accepted: nothing is lost.
 */
final class Acceptor extends InFlight implements Gate {
    private static final Logger LOG = Loggers.getLogger(Acceptor.class);

    private static final long BACK_OFF_NANOS_MIN = 10_000_000L;
    private static final long BACK_OFF_NANOS_MAX = 1_000_000_000L;

    /** So many errors in a row, of whatever kind, are not about single connections any more. */
    private static final int ERRORS_IN_A_ROW_MAX = 16;

    private enum Phase {
        ACCEPTING,
        EMPTYING,
        CLOSING,
        CLOSED
    }

    private final UringListener listener;
    private final UringScheduler ring;
    private final int fd;
    private final ListenOptions options;
    private final Runnable reconcile = this::reconcile;

    private Phase phase = Phase.ACCEPTING;
    private volatile boolean wanted;
    private boolean reconciling;
    private int errorsInARow;
    private long backOffNanos = BACK_OFF_NANOS_MIN;

    /** Accepts of the last round, while EMPTYING. */
    private int emptied;

    private @Nullable Timeout backOff;

    Acceptor(UringListener listener, UringScheduler ring, int fd, ListenOptions options) {
        this.listener = listener;
        this.ring = ring;
        this.fd = fd;
        this.options = options;
    }

    /**
     * Whether connections are wanted from now on; safe from any thread. The accept is armed or
     * disarmed at the end of the turn, so that a demand that comes back within it costs nothing.
     */
    @Override
    public void want(boolean value) {
        wanted = value;
        RingLoop loop = ring.loop();
        if (!loop.isInLoop()) {
            loop.execute(reconcile);
        } else if (!reconciling) {
            reconciling = true;
            loop.defer(reconcile);
        }
    }

    private void reconcile() {
        reconciling = false;
        if (phase != Phase.ACCEPTING) {
            return;
        }
        if (wanted && !isInFlight() && backOff == null) {
            Operations operations = ring.loop().operations();
            if (options.multishotAccept()) {
                Accept.prepareMultishot(operations.beginMultishot(this), fd);
            } else {
                Accept.prepareOnce(operations.begin(this), fd);
            }
        } else if (!wanted && isArmed()) {
            ring.loop().operations().interrupt(this);
        }
    }

    @Override
    protected Carries carries() {
        return Carries.DESCRIPTOR;
    }

    @Override
    protected void onCompletion(int result, int cqeFlags) {
        if (phase == Phase.CLOSING) {
            onSocketClosed();
            return;
        }
        try {
            if (result >= 0) {
                backOffNanos = BACK_OFF_NANOS_MIN;
                errorsInARow = 0;
                listener.onAccepted(this, result);
            } else {
                onError(result);
            }
        } finally {
            // Also where one connection could not be had for want of memory: others come.
            goOn(result);
        }
    }

    private void goOn(int result) {
        if (!isInFlight()) {
            if (phase == Phase.EMPTYING) {
                acceptOneMore(result);
            } else {
                reconcile();
            }
        }
    }

    private void onError(int result) {
        boolean fatal =
                Errno.EBADF.is(result)
                        || Errno.EINVAL.is(result)
                        || Errno.ENOTSOCK.is(result)
                        || Errno.EOPNOTSUPP.is(result)
                        || Errno.EFAULT.is(result);
        if (phase != Phase.ACCEPTING) {
            return;
        }
        if (fatal) {
            listener.onFailed(TransportErrors.of(Family.BIND, "accept", result, options.address()));
            dispose();
        } else if (exhausted(result) || isLasting(result)) {
            backOff(result);
        }
        // The rest concerns one connection that never came to be (ECONNABORTED, EPERM by a
        // firewall, network errors that accept(2) passes on), or is our own -ECANCELED.
    }

    /** An error that never ends, such as EACCES by a security module, must not become a storm. */
    private boolean isLasting(int result) {
        return !Errno.ECANCELED.is(result) && ++errorsInARow >= ERRORS_IN_A_ROW_MAX;
    }

    private static boolean exhausted(int result) {
        return Errno.EMFILE.is(result)
                || Errno.ENFILE.is(result)
                || Errno.ENOBUFS.is(result)
                || Errno.ENOMEM.is(result);
    }

    /** The backlog holds newcomers meanwhile; arming at once would only fail and spin. */
    private void backOff(int result) {
        listener.onBackOff();
        boolean first = backOffNanos == BACK_OFF_NANOS_MIN;
        backOff =
                ring.loop()
                        .after(
                                backOffNanos,
                                () -> {
                                    backOff = null;
                                    reconcile();
                                });
        backOffNanos = Math.min(backOffNanos * 2, BACK_OFF_NANOS_MAX);
        // Last, since a logger may fail for want of a descriptor just as accept did.
        if (first) {
            LOG.warn(
                    "accept on {} backs off: {}{}",
                    options.address(),
                    Errno.name(result),
                    Errno.EMFILE.is(result) ? "; raise RLIMIT_NOFILE if this lasts" : "");
        }
    }

    /** Accepts what the backlog holds, then closes; on the loop. */
    void stop() {
        if (phase == Phase.ACCEPTING) {
            if (!wanted) {
                dispose();
                return;
            }
            phase = Phase.EMPTYING;
            cancelBackOff();
            if (isInFlight()) {
                ring.loop().operations().interrupt(this);
            } else {
                acceptOneMore(0);
            }
        }
    }

    /** Without waiting (ACCEPT_DONTWAIT, Linux 6.10); an older kernel's EINVAL ends it likewise. */
    private void acceptOneMore(int lastResult) {
        boolean empty =
                Errno.EAGAIN.is(lastResult) || Errno.EINVAL.is(lastResult) || exhausted(lastResult);
        // Newcomers must not keep a listener open for ever: one backlog's worth is taken.
        if (empty || !wanted || emptied++ > options.backlog()) {
            close();
            return;
        }
        Sqe sqe = ring.loop().operations().begin(this);
        Accept.prepareOnce(sqe, fd);
        sqe.ioprio(NetFlags.ACCEPT_DONTWAIT);
    }

    /** Closes at once; on the loop. */
    void dispose() {
        if (phase == Phase.ACCEPTING || phase == Phase.EMPTYING) {
            cancelBackOff();
            phase = Phase.CLOSING;
            if (isInFlight() && !ring.loop().isStopped()) {
                ring.loop().operations().cancel(this);
            } else {
                close();
            }
        }
    }

    private void cancelBackOff() {
        Timeout timer = backOff;
        if (timer != null) {
            backOff = null;
            timer.cancel();
        }
    }

    @Override
    protected void onCancelled() {
        close();
    }

    @Override
    protected void onRingLost(Throwable reason) {
        if (phase == Phase.CLOSING && isArmed()) {
            // It is the close itself: the number may be a stranger's by now.
            onSocketClosed();
        } else if (phase != Phase.CLOSED) {
            close();
        }
    }

    private void close() {
        phase = Phase.CLOSING;
        if (ring.loop().isStopped()) {
            ring.loop().kernel().sockets().close(fd);
            onSocketClosed();
        } else {
            Close.prepare(ring.loop().operations().begin(this), fd);
        }
    }

    /** Only now the port is free: nobody is told before. */
    private void onSocketClosed() {
        phase = Phase.CLOSED;
        listener.onAcceptorClosed();
    }

    boolean isWanted() {
        return wanted;
    }

    UringScheduler ring() {
        return ring;
    }

    @Override
    public RingLoop loop() {
        return ring.loop();
    }
}
