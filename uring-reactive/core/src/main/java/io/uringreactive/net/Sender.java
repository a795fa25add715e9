// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import io.netty.buffer.ByteBuf;
import io.uringreactive.TransportErrors;
import io.uringreactive.TransportErrors.Family;
import io.uringreactive.loop.InFlight;
import io.uringreactive.op.Send;
import io.uringreactive.sys.abi.Errno;
import io.uringreactive.transport.SendQueue;
import io.uringreactive.transport.Sending;
import org.jspecify.annotations.Nullable;

/**
 * Sends for {@link Sending}: one send in flight at most, gathered where the batch has several
 * buffers. It leaves with the turn's single enter. Confined to the loop.
 */
final class Sender extends InFlight implements Sending.Sink {
    private final UringConnection connection;
    private final Sending sending;
    private @Nullable GatherMemory gather;

    Sender(UringConnection connection, int highWaterBytes) {
        this.connection = connection;
        this.sending = new Sending(connection, this, highWaterBytes);
    }

    Sending sending() {
        return sending;
    }

    @Override
    public ByteBuf sendable(ByteBuf buffer) {
        return NativeBytes.contiguous(buffer);
    }

    @Override
    public int submit(SendQueue queue) {
        int fd = connection.fd();
        int pieces = Math.min(queue.size(), GatherMemory.PIECES_MAX);
        if (pieces == 1) {
            ByteBuf only = queue.buffer(0);
            long address = NativeBytes.address(only);
            Send.prepare(connection.operations().begin(this), fd, address, only.readableBytes());
            return pieces;
        }
        GatherMemory memory = gather == null ? gather = new GatherMemory() : gather;
        for (int i = 0; i < pieces; i++) {
            ByteBuf piece = queue.buffer(i);
            memory.piece(i, NativeBytes.address(piece), piece.readableBytes());
        }
        Send.prepareGathered(connection.operations().begin(this), fd, memory.header(pieces));
        return pieces;
    }

    @Override
    public void cancel() {
        connection.operations().cancel(this);
    }

    @Override
    protected void onCompletion(int result, int cqeFlags) {
        if (result >= 0) {
            sending.onSent(result);
        } else if (!Errno.EINTR.is(result) && !Errno.EAGAIN.is(result)) {
            connection.abort(
                    TransportErrors.of(Family.TRANSFER, "send", result, connection.knownRemote()));
            return;
        }
        sending.onBatchEnd();
    }

    @Override
    protected void onCancelled() {
        sending.onCancelled();
    }

    /** What the kernel has may still be read: those buffers are kept for good. */
    @Override
    protected void onRingLost(Throwable reason) {
        connection.onLetGo();
    }
}
