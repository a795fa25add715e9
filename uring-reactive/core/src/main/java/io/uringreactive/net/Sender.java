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
 * buffers, and without a copy where they are large and that is wanted. It leaves with the turn's
 * single enter. Confined to the loop.
 */
final class Sender extends InFlight implements Sending.Sink {
    private final UringConnection connection;
    private final Sending sending;
    private @Nullable GatherMemory gather;

    /** What the buffers of a batch have on average that is not copied; 0 where all are. */
    private int zeroCopyBytesMin;

    /** Of the zero-copy send in flight, until its result. */
    private @Nullable HeldBuffers held;

    /**
     * @param zeroCopyBytesMin 0 for never
     */
    Sender(UringConnection connection, int zeroCopyBytesMin) {
        this.connection = connection;
        this.sending = new Sending(connection, this);
        this.zeroCopyBytesMin = connection.ring().sendsZeroCopy() ? zeroCopyBytesMin : 0;
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
        if (zeroCopyBytesMin > 0 && isLarge(queue, pieces)) {
            held = new HeldBuffers(this, queue, pieces);
            leaveTo(held);
        }
        Sqe sqe = connection.operations().begin(this);
        if (pieces == 1) {
            Send.prepare(sqe, connection.fd(), address, first.readableBytes());
        } else {
            Send.prepareGathered(sqe, connection.fd(), address);
        }
        connection.name(sqe);
        if (held != null) {
            Send.zeroCopy(sqe);
        }
    }

    private long gathered(SendQueue queue, int pieces) {
        GatherMemory memory = gather == null ? gather = new GatherMemory() : gather;
        for (int i = 0; i < pieces; i++) {
            ByteBuf piece = queue.buffer(i);
            memory.piece(i, NativeBytes.address(piece), piece.readableBytes());
        }
        return memory.header(pieces);
    }

    private boolean isLarge(SendQueue queue, int pieces) {
        long bytes = 0;
        for (int i = 0; i < pieces; i++) {
            bytes += queue.buffer(i).readableBytes();
        }
        return bytes >= (long) zeroCopyBytesMin * pieces;
    }

    /** The kernel could not do without, or has no memory for it: the connection's way is such. */
    void copyFromNowOn() {
        zeroCopyBytesMin = 0;
    }

    @Override
    public void cancel() {
        connection.operations().cancel(this);
    }

    @Override
    protected void onCompletion(int result, int cqeFlags) {
        boolean copied = !letGo(cqeFlags);
        if (result >= 0) {
            sending.onSent(result);
        } else if (!copied && (Errno.ENOMEM.is(result) || Errno.ENOBUFS.is(result))) {
            copyFromNowOn(); // no more memory may be locked for this user: a copy needs none
        } else if (!Errno.EINTR.is(result) && !Errno.EAGAIN.is(result)) {
            connection.abort(
                    TransportErrors.of(Family.TRANSFER, "send", result, connection.knownRemote()));
            return;
        }
        sending.onBatchEnd();
    }

    /** What the send lay in is free, or its heir's from now on; false where it was copied. */
    private boolean letGo(int cqeFlags) {
        HeldBuffers ending = held;
        held = null;
        if (ending != null && CqeFlags.isTerminal(cqeFlags)) {
            ending.release();
        }
        return ending != null;
    }

    @Override
    protected void onCancelled() {
        HeldBuffers ending = held;
        held = null;
        if (ending != null && !ending.isInFlight()) {
            ending.release();
        }
        sending.onCancelled();
    }

    /** What the kernel has may still be read: those buffers are kept for good. */
    @Override
    protected void onRingLost(Throwable reason) {
        connection.onLetGo();
    }
}
