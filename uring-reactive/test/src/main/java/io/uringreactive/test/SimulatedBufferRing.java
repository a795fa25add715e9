// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import io.uringreactive.sys.abi.CqeFlags;
import io.uringreactive.sys.libc.Native;
import io.uringreactive.sys.ring.BufferRing;
import java.util.ArrayDeque;
import java.util.BitSet;

/**
 * {@link BufferRing} of a simulated kernel. It knows of every buffer id whether it is with the
 * kernel or with the library, so an id that comes back twice is found when it happens. Published
 * buffers are filled with a pattern: whoever still reads one after giving it back reads that.
 */
final class SimulatedBufferRing implements BufferRing {
    private static final byte PATTERN = (byte) 0b1101_1011;

    /** A provided buffer. */
    record Buffer(long address, int bytes, int id) {
        int cqeFlags() {
            return CqeFlags.BUFFER | id << CqeFlags.BUFFER_SHIFT;
        }
    }

    private final World world;
    private final SimulatedRing ring;
    private final int group;
    private final int entries;
    private final ArrayDeque<Buffer> prepared = new ArrayDeque<>();
    private final ArrayDeque<Buffer> published = new ArrayDeque<>();

    /** Ids that were ever provided, and of them those that are with the kernel. */
    private final BitSet known = new BitSet();

    private final BitSet withKernel = new BitSet();
    private boolean closed;

    SimulatedBufferRing(World world, SimulatedRing ring, int group, int entries) {
        this.world = world;
        this.ring = ring;
        this.group = group;
        this.entries = entries;
    }

    @Override
    public int group() {
        return group;
    }

    @Override
    public void provide(long address, int bytes, int bufferId) {
        ring.requireOwner("provide");
        if (withKernel.get(bufferId)) {
            throw world.failure(
                    "double recycle of buffer " + bufferId + ": the kernel has it already");
        }
        if (withKernel.cardinality() == entries) {
            throw world.failure("more buffers are provided than the ring has room for: " + entries);
        }
        known.set(bufferId);
        withKernel.set(bufferId);
        prepared.add(new Buffer(address, bytes, bufferId));
    }

    @Override
    public void publish() {
        ring.requireOwner("publish");
        for (Buffer buffer : prepared) {
            Native.memory(buffer.address(), buffer.bytes()).fill(PATTERN);
        }
        published.addAll(prepared);
        prepared.clear();
    }

    @Override
    public void close() {
        ring.requireOwner("close of a buffer ring");
        if (ring.inFlight().stream().anyMatch(this::isUsedBy)) {
            throw world.failure(
                    "buffer group " + group + " is closed while receives may still pick from it");
        }
        closed = true;
        ring.registered().forget(this);
    }

    private boolean isUsedBy(Operation operation) {
        Submission submission = operation.submission;
        return submission.selectsBuffer()
                && submission.bufGroup() == group
                && operation instanceof ReceiveOperation;
    }

    boolean isEmpty() {
        return published.isEmpty();
    }

    /** Whether a receive finds no buffer: there is none, or {@link Fault#NO_BUFFERS}. */
    boolean appearsEmpty() {
        return published.isEmpty() || (held() > 0 && world.chance.happens(Fault.NO_BUFFERS));
    }

    /** The buffer that the next receive goes into: the one that was published first. */
    Buffer head() {
        return published.getFirst();
    }

    /** The head is used: it belongs to whoever gets the CQE. */
    void take() {
        withKernel.clear(published.remove().id());
    }

    /** Ids that were provided and are not with the kernel now. */
    int held() {
        return known.cardinality() - withKernel.cardinality();
    }

    String describe() {
        return "buffer group "
                + group
                + (closed ? " (closed)" : "")
                + ": published "
                + published.size()
                + ", prepared "
                + prepared.size()
                + ", held "
                + held()
                + ", of "
                + known.cardinality();
    }
}
