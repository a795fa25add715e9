// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.transport;

import io.netty.buffer.ByteBuf;
import io.netty.util.ReferenceCountUtil;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The buffers that wait to be sent, each with the send that it belongs to: a circular array, so
 * that queuing allocates nothing. Confined to the loop.
 */
public final class SendQueue {
    private static final int INITIAL = 4;

    private @Nullable ByteBuf[] buffers = new @Nullable ByteBuf[INITIAL];
    private @Nullable SendSubscriber[] owners = new @Nullable SendSubscriber[INITIAL];
    private int head;
    private int size;

    void add(ByteBuf buffer, SendSubscriber owner) {
        if (size == buffers.length) {
            grow();
        }
        int place = (head + size++) & (buffers.length - 1);
        buffers[place] = buffer;
        owners[place] = owner;
    }

    private void grow() {
        int mask = buffers.length - 1;
        @Nullable ByteBuf[] newBuffers = Arrays.copyOf(buffers, buffers.length * 2);
        @Nullable SendSubscriber[] newOwners = Arrays.copyOf(owners, owners.length * 2);
        for (int i = 0; i < size; i++) {
            newBuffers[i] = buffers[(head + i) & mask];
            newOwners[i] = owners[(head + i) & mask];
        }
        buffers = newBuffers;
        owners = newOwners;
        head = 0;
    }

    public ByteBuf buffer(int index) {
        return Objects.requireNonNull(buffers[(head + index) & (buffers.length - 1)]);
    }

    SendSubscriber owner(int index) {
        return Objects.requireNonNull(owners[(head + index) & (buffers.length - 1)]);
    }

    void removeFirst() {
        buffers[head] = null;
        owners[head] = null;
        head = (head + 1) & (buffers.length - 1);
        size--;
    }

    /**
     * Drops the buffers of sends that have ended, but for the first {@code kept}; returns how many
     * bytes went.
     */
    int removeEnded(int kept) {
        int mask = buffers.length - 1;
        int to = Math.min(kept, size);
        int bytes = 0;
        for (int from = to; from < size; from++) {
            ByteBuf buffer = buffer(from);
            SendSubscriber its = owner(from);
            if (its.isEnded()) {
                bytes += buffer.readableBytes();
                ReferenceCountUtil.safeRelease(buffer);
            } else {
                buffers[(head + to) & mask] = buffer;
                owners[(head + to) & mask] = its;
                to++;
            }
        }
        for (int i = to; i < size; i++) {
            buffers[(head + i) & mask] = null;
            owners[(head + i) & mask] = null;
        }
        size = to;
        return bytes;
    }

    boolean isEmpty() {
        return size == 0;
    }

    public int size() {
        return size;
    }
}
