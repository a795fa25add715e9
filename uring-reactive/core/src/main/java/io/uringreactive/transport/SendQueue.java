// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.transport;

import io.netty.buffer.ByteBuf;
import io.netty.util.ReferenceCountUtil;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The buffers that wait to be sent, each with the send that it belongs to: a circular array, so
 * that queuing allocates nothing. Confined to the loop.
 */
public final class SendQueue {
    private static final int INITIAL = 4;

    /** Each buffer beside its owner: the two are wanted together, and seldom in the cache. */
    private @Nullable Object[] entries = new @Nullable Object[2 * INITIAL];

    private int head;
    private int size;

    /** Of all buffers, but for what the kernel has taken. */
    private long bytes;

    void add(ByteBuf buffer, SendSubscriber owner) {
        bytes += buffer.readableBytes();
        if (2 * size == entries.length) {
            grow();
        }
        put(size++, buffer, owner);
    }

    private void grow() {
        @Nullable Object[] grown = new @Nullable Object[2 * entries.length];
        int beforeEnd = entries.length - 2 * head;
        System.arraycopy(entries, 2 * head, grown, 0, beforeEnd);
        System.arraycopy(entries, 0, grown, beforeEnd, 2 * head);
        entries = grown;
        head = 0;
    }

    private int at(int index) {
        return 2 * (head + index) & (entries.length - 1);
    }

    private void put(int index, @Nullable ByteBuf buffer, @Nullable SendSubscriber owner) {
        int at = at(index);
        entries[at] = buffer;
        entries[at + 1] = owner;
    }

    public ByteBuf buffer(int index) {
        return (ByteBuf) Objects.requireNonNull(entries[at(index)]);
    }

    SendSubscriber owner(int index) {
        return (SendSubscriber) Objects.requireNonNull(entries[at(index) + 1]);
    }

    void removeFirst() {
        put(0, null, null);
        head = at(1) / 2;
        size--;
    }

    /** The kernel has taken so many. */
    void taken(int count) {
        bytes -= count;
    }

    /** Drops the buffers of sends that have ended, but for the first {@code kept}. */
    void removeEnded(int kept) {
        int to = Math.min(kept, size);
        for (int from = to; from < size; from++) {
            ByteBuf buffer = buffer(from);
            SendSubscriber its = owner(from);
            if (its.isEnded()) {
                bytes -= buffer.readableBytes();
                ReferenceCountUtil.safeRelease(buffer);
            } else {
                put(to++, buffer, its);
            }
        }
        for (int i = to; i < size; i++) {
            put(i, null, null);
        }
        size = to;
    }

    void releaseAll() {
        while (size > 0) {
            ByteBuf buffer = buffer(0);
            removeFirst();
            ReferenceCountUtil.safeRelease(buffer);
        }
        bytes = 0;
    }

    /** How many are to be sent yet. */
    long bytes() {
        return bytes;
    }

    boolean isEmpty() {
        return size == 0;
    }

    public int size() {
        return size;
    }
}
