// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import io.netty.buffer.ByteBuf;
import io.netty.util.ReferenceCountUtil;
import io.uringreactive.loop.InFlight;
import io.uringreactive.sys.abi.NetFlags;
import io.uringreactive.transport.SendQueue;

/**
 * What a zero-copy send lies in, which must not change until the kernel has let go of it: heir of
 * the send, it gets the CQE with NOTIF. Neither the next send nor the end of the connection waits
 * for that. Confined to the loop.
 */
final class HeldBuffers extends InFlight {
    private final Sender sender;
    private final ByteBuf[] buffers;

    /** Of the first {@code pieces} of {@code queue}. */
    HeldBuffers(Sender sender, SendQueue queue, int pieces) {
        this.sender = sender;
        this.buffers = new ByteBuf[pieces];
        int retained = 0;
        try {
            for (; retained < pieces; retained++) {
                buffers[retained] = queue.buffer(retained).retain();
            }
        } finally {
            if (retained < pieces) {
                release(retained);
            }
        }
    }

    void release() {
        release(buffers.length);
    }

    private void release(int count) {
        for (int i = 0; i < count; i++) {
            ReferenceCountUtil.safeRelease(buffers[i]);
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
