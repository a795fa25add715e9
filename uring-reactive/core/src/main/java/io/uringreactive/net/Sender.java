// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import io.netty.buffer.ByteBuf;
import io.uringreactive.TransportErrors;
import io.uringreactive.TransportErrors.Family;
import io.uringreactive.loop.InFlight;
import io.uringreactive.op.Send;
import io.uringreactive.sys.abi.CqeFlags;
import io.uringreactive.sys.abi.Errno;
import io.uringreactive.sys.abi.Sqe;
import io.uringreactive.transport.SendQueue;
import io.uringreactive.transport.Sending;
import org.jspecify.annotations.Nullable;

/**
 * Sends for {@link Sending}: one send in flight at most, gathered where the batch has several
 * buffers, and without a copy where it is large and that is wanted. It leaves with the turn's
 * single enter. Confined to the loop.
 */
final class Sender extends InFlight implements Sending.Sink {
    private final UringConnection connection;
    private final Sending sending;
    private @Nullable GatherMemory gather;

    /** Batches from here on are not copied; {@link Integer#MAX_VALUE} for never. */
    private int zeroCopyBytesMin;

    /** Of the zero-copy send in flight, until its result. */
    private @Nullable HeldBuffers held;

    /**
     * @param zeroCopyBytesMin 0 for never
     */
    Sender(UringConnection connection, int highWaterBytes, int zeroCopyBytesMin) {
        this.connection = connection;
        this.sending = new Sending(connection, this, highWaterBytes);
        boolean possible = connection.ring().sendsZeroCopy();
        this.zeroCopyBytesMin =
                zeroCopyBytesMin > 0 && possible ? zeroCopyBytesMin : Integer.MAX_VALUE;
    }

    Sending sending() {
        return sending;
    }

    @Override
    public ByteBuf sendable(ByteBuf buffer) {
        return NativeBytes.contiguous(buffer);
    }

    @Override
    public void submit(SendQueue queue, int pieces) {
        // Whatever can fail comes before the SQE.
        ByteBuf first = queue.buffer(0);
        long address = pieces == 1 ? NativeBytes.address(first) : gathered(queue, pieces);
        HeldBuffers holding = isLarge(queue, pieces) ? new HeldBuffers(this, queue, pieces) : null;
        Sqe sqe = connection.operations().begin(this);
        if (pieces == 1) {
            Send.prepare(sqe, connection.fd(), address, first.readableBytes());
        } else {
            Send.prepareGathered(sqe, connection.fd(), address);
        }
        connection.name(sqe);
        if (holding != null) {
            Send.zeroCopy(sqe);
        }
        held = holding;
    }

    private long gathered(SendQueue queue, int pieces) {
        GatherMemory memory = gather == null ? gather = new GatherMemory() : gather;
        for (int i = 0; i < pieces; i++) {
            ByteBuf piece = queue.buffer(i);
            memory.piece(i, NativeBytes.address(piece), piece.readableBytes());
        }
        return memory.header(pieces);
    }

    /** Whether a copy is to be done without. */
    private boolean isLarge(SendQueue queue, int pieces) {
        if (zeroCopyBytesMin == Integer.MAX_VALUE) {
            return false;
        }
        long bytes = 0;
        for (int i = 0; i < pieces; i++) {
            bytes += queue.buffer(i).readableBytes();
        }
        return bytes >= zeroCopyBytesMin;
    }

    /** The kernel could not do without: for loopback, for a device that cannot gather. */
    void copyFromNowOn() {
        zeroCopyBytesMin = Integer.MAX_VALUE;
    }

    @Override
    public void cancel() {
        connection.operations().cancel(this);
    }

    @Override
    protected void onCompletion(int result, int cqeFlags) {
        boolean wasZeroCopy = held != null;
        letGo(cqeFlags);
        if (result >= 0) {
            sending.onSent(result);
        } else if (wasZeroCopy && Errno.ENOMEM.is(result)) {
            copyFromNowOn(); // no more memory may be locked for this user: a copy needs none
        } else if (!Errno.EINTR.is(result) && !Errno.EAGAIN.is(result)) {
            connection.abort(
                    TransportErrors.of(Family.TRANSFER, "send", result, connection.knownRemote()));
            return;
        }
        sending.onBatchEnd();
    }

    /** A zero-copy send has its result: its memory is free now, or with the CQE that follows. */
    private void letGo(int cqeFlags) {
        HeldBuffers ending = held;
        if (ending != null) {
            held = null;
            if (CqeFlags.isTerminal(cqeFlags)) {
                ending.release();
            } else {
                connection.operations().handOver(this, ending);
            }
        }
    }

    @Override
    protected void onCancelled() {
        letGo(0);
        sending.onCancelled();
    }

    /** What the kernel has may still be read: those buffers are kept for good. */
    @Override
    protected void onRingLost(Throwable reason) {
        connection.onLetGo();
    }
}
