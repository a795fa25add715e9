// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.toggles;

import io.uringreactive.sys.abi.Sqe;
import io.uringreactive.sys.ring.BufferRing;
import io.uringreactive.sys.ring.CompletionHandler;
import io.uringreactive.sys.ring.Ring;
import io.uringreactive.sys.ring.RingCounters;
import io.uringreactive.sys.ring.RingFeatures;
import java.util.List;

/**
 * Another ring, to be used in another way by subclasses. What {@link Ring} need not have, such as
 * tables, is not had: the loop of the library asks for none of it.
 */
abstract class ForwardingRing implements Ring {
    private final Ring ring;

    ForwardingRing(Ring ring) {
        this.ring = ring;
    }

    @Override
    public void enable() {
        ring.enable();
    }

    @Override
    public RingFeatures features() {
        return ring.features();
    }

    @Override
    public int descriptor() {
        return ring.descriptor();
    }

    @Override
    public int submissionEntries() {
        return ring.submissionEntries();
    }

    @Override
    public Sqe reserve() {
        return ring.reserve();
    }

    @Override
    public int unsubmitted() {
        return ring.unsubmitted();
    }

    @Override
    public boolean entryWanted() {
        return ring.entryWanted();
    }

    @Override
    public int completions() {
        return ring.completions();
    }

    @Override
    public void enter(long timeoutNanos) {
        ring.enter(timeoutNanos);
    }

    @Override
    public int drain(CompletionHandler handler, int limit) {
        return ring.drain(handler, limit);
    }

    @Override
    public void wake() {
        ring.wake();
    }

    @Override
    public BufferRing bufferRing(int group, int entries) {
        return ring.bufferRing(group, entries);
    }

    @Override
    public List<String> concessions() {
        return ring.concessions();
    }

    @Override
    public RingCounters counters() {
        return ring.counters();
    }

    @Override
    public void close() {
        ring.close();
    }
}
