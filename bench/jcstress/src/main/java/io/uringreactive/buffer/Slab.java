// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.buffer;

import io.netty.buffer.ByteBuf;
import io.uringreactive.RingGroupOptions;
import io.uringreactive.loop.Scheduled;
import io.uringreactive.stress.StubRing;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.BitSet;

/** A small pool on a loop that has ended: what is released on any thread arrives at once. */
final class Slab {
    private static final int COUNT = 4;
    private static final int BYTES = 64;
    private static final RingGroupOptions OPTIONS =
            RingGroupOptions.defaults().buffers(COUNT, BYTES);

    /** The stack of free ids, which nothing but the pool has to see in production. */
    private static final VarHandle FREE = free();

    private final BufferPool pool;
    private int taken;

    Slab() {
        Scheduled scheduler = new Scheduled(new StubRing());
        pool = new BufferPool(scheduler.loop(), OPTIONS);
        scheduler.end();
        // What is left from the ids' first way through must not look like their return.
        Arrays.fill((int[]) FREE.get(pool), COUNT);
    }

    private static VarHandle free() {
        try {
            return MethodHandles.privateLookupIn(BufferPool.class, MethodHandles.lookup())
                    .findVarHandle(BufferPool.class, "free", int[].class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    ByteBuf receive(int bufferId) {
        taken++;
        return pool.take(bufferId, BYTES, true);
    }

    int outCount() {
        return pool.outCount();
    }

    /** How many different ids of those that were taken are on the stack of free ones. */
    int back() {
        BitSet ids = new BitSet();
        for (int bufferId : (int[]) FREE.get(pool)) {
            ids.set(bufferId);
        }
        return ids.get(0, taken).cardinality();
    }
}
