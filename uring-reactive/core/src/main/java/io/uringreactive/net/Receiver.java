// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import io.netty.buffer.ByteBuf;
import io.uringreactive.TransportErrors;
import io.uringreactive.TransportErrors.Family;
import io.uringreactive.buffer.BufferPool;
import io.uringreactive.loop.Carries;
import io.uringreactive.loop.InFlight;
import io.uringreactive.op.Receive;
import io.uringreactive.sys.abi.CqeFlags;
import io.uringreactive.sys.abi.Errno;
import io.uringreactive.sys.abi.Sqe;
import io.uringreactive.transport.Receiving;

/**
 * Receives for {@link Receiving}: one receive in flight at most, in the kernel (InFlight's state:
 * armed, cancelled or not) or parked for want of buffers. Confined to the loop.
 */
final class Receiver extends InFlight implements Receiving.Source {
    private final UringConnection connection;
    private final BufferPool buffers;
    private final Receiving receiving;
    private final int windowBytes;
    private final Runnable unparked = this::onUnparked;

    private boolean parked;
    private boolean socketEmpty;

    Receiver(UringConnection connection, BufferPool buffers, int windowBytes) {
        this.connection = connection;
        this.buffers = buffers;
        this.receiving = new Receiving(connection, this, buffers.bufferBytes());
        this.windowBytes = windowBytes;
    }

    Receiving receiving() {
        return receiving;
    }

    @Override
    public void disarm() {
        connection.operations().cancel(this);
        if (parked) {
            parked = false;
            buffers.unpark(unparked);
        }
    }

    @Override
    public void arm() {
        if (!receiving.isWanted() || isInFlight() || parked) {
            return;
        }
        if (connection.operations().isPreparing()) {
            connection.loop().defer(this::arm); // requested from where no SQE is to be had
            return;
        }
        Arming arming =
                Arming.decide(
                        connection.ring().receiveMode(),
                        receiving.isUnbounded(),
                        receiving.queuedBytes(),
                        windowBytes);
        if (arming.how() != Arming.How.NONE) {
            Sqe sqe = begin(arming.how());
            arming.prepare(sqe, connection.fd(), buffers);
            connection.name(sqe);
            if (connection.ring().receivesBundles()) {
                Receive.bundle(sqe);
            }
            if (socketEmpty) {
                Receive.pollFirst(sqe);
            }
        }
    }

    @Override
    protected Object handler() {
        return receiving.delivery();
    }

    private Sqe begin(Arming.How how) {
        return how == Arming.How.ONE_SHOT
                ? connection.operations().begin(this)
                : connection.operations().beginMultishot(this);
    }

    @Override
    protected Carries carries() {
        return Carries.BUFFER;
    }

    @Override
    protected void onCompletion(int result, int cqeFlags) {
        socketEmpty = (cqeFlags & CqeFlags.SOCK_NONEMPTY) == 0;
        if (result > 0) {
            onBuffers(CqeFlags.bufferId(cqeFlags), result);
        } else {
            if (CqeFlags.hasBuffer(cqeFlags)) {
                buffers.discard(CqeFlags.bufferId(cqeFlags), 0);
            }
            onNoBytes(result);
        }
        receiving.emit();
    }

    /** One buffer, or those that follow it too: all but the last of a bundle are full. */
    private void onBuffers(int bufferId, int result) {
        int next = bufferId;
        int left = result;
        while (left > 0) {
            int current = next;
            int length = Math.min(left, buffers.bufferBytes());
            next = buffers.following(current);
            left -= length;
            try {
                onBytes(current, length);
            } catch (Throwable e) {
                if (left > 0) {
                    buffers.discard(next, left);
                }
                throw e;
            }
        }
    }

    private void onBytes(int bufferId, int length) {
        if (!receiving.isDelivering()) {
            buffers.discard(bufferId, length);
            receiving.onDiscarded(length);
            return;
        }
        ByteBuf buffer;
        try {
            buffer = buffers.take(bufferId, length, !receiving.deliversAtOnce());
        } catch (Throwable e) {
            // No memory for a copy: the stream has a gap here, nothing after it may be delivered.
            connection.abort(e);
            return;
        }
        receiving.add(buffer);
    }

    private void onNoBytes(int result) {
        if (result == 0) {
            receiving.onEnd(null);
        } else if (Errno.ENOBUFS.is(result)) {
            parked = true;
            buffers.park(unparked);
        } else if (!Errno.ECANCELED.is(result)
                && !Errno.EINTR.is(result)
                && !Errno.EAGAIN.is(result)) {
            receiving.onEnd(
                    TransportErrors.of(
                            Family.TRANSFER, "receive", result, connection.knownRemote()));
        }
    }

    private void onUnparked() {
        parked = false;
        arm();
    }

    @Override
    protected void onCancelled() {
        arm();
        connection.onLetGo();
    }

    @Override
    protected void onRingLost(Throwable reason) {
        connection.onLetGo();
    }
}
