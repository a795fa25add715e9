// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import io.netty.buffer.ByteBuf;
import io.uringreactive.TransportErrors;
import io.uringreactive.TransportErrors.Family;
import io.uringreactive.loop.InFlight;
import io.uringreactive.op.Send;
import io.uringreactive.sys.abi.Errno;
import io.uringreactive.sys.abi.Sqe;
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

    Sender(UringConnection connection) {
        this.connection = connection;
        this.sending = new Sending(connection, this);
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
        int fd = connection.fd();
        if (pieces == 1) {
            ByteBuf only = queue.buffer(0);
            long address = NativeBytes.address(only);
            Sqe sqe = connection.operations().begin(this);
            Send.prepare(sqe, fd, address, only.readableBytes());
            connection.name(sqe);
            return;
        }
        GatherMemory memory = gather == null ? gather = new GatherMemory() : gather;
        for (int i = 0; i < pieces; i++) {
            ByteBuf piece = queue.buffer(i);
            memory.piece(i, NativeBytes.address(piece), piece.readableBytes());
        }
        Sqe sqe = connection.operations().begin(this);
        Send.prepareGathered(sqe, fd, memory.header(pieces));
        connection.name(sqe);
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
