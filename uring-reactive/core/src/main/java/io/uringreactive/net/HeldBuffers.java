// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import io.netty.buffer.ByteBuf;
import io.uringreactive.loop.InFlight;
import io.uringreactive.sys.abi.NetFlags;
import io.uringreactive.transport.SendQueue;

/**
 * What a zero-copy send lies in, which must not change until the kernel has let go of it: the heir
 * of the send's CQEs from its result on. The next send need not wait for that. Confined to the
 * loop.
 */
final class HeldBuffers extends InFlight {
    private final Sender sender;
    private final ByteBuf[] buffers;

    /** Of the first {@code pieces} of {@code queue}. */
    HeldBuffers(Sender sender, SendQueue queue, int pieces) {
        this.sender = sender;
        this.buffers = new ByteBuf[pieces];
        for (int i = 0; i < pieces; i++) {
            buffers[i] = queue.buffer(i).retain();
        }
    }

    void release() {
        for (ByteBuf buffer : buffers) {
            buffer.release();
        }
    }

    /** The CQE with NOTIF. */
    @Override
    protected void onCompletion(int result, int cqeFlags) {
        release();
        if ((result & NetFlags.NOTIF_USAGE_ZC_COPIED) != 0) {
            sender.copyFromNowOn();
        }
    }

    @Override
    protected void onCancelled() {
        throw new IllegalStateException("what the kernel holds is never cancelled");
    }
}
