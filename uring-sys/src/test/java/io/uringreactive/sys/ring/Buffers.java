// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

import io.uringreactive.sys.abi.NetFlags;
import io.uringreactive.sys.abi.Opcode;
import io.uringreactive.sys.abi.Sqe;
import io.uringreactive.sys.abi.SqeFlags;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A buffer ring and the memory behind it: buffer {@code id} is the id-th slice. */
final class Buffers implements AutoCloseable {
    static final int GROUP = 7;

    final int bytes;
    private final Ring ring;
    private final BufferRing bufferRing;
    private final MemorySegment memory;

    private Buffers(Ring ring, BufferRing bufferRing, int count, int bytes) {
        this.ring = ring;
        this.bufferRing = bufferRing;
        this.bytes = bytes;
        this.memory = Arena.ofAuto().allocate((long) count * bytes, Long.BYTES);
    }

    /** Room for {@code count} buffers of {@code bytes}; none of them is published yet. */
    static Buffers register(OpenRing open, int count, int bytes) {
        return new Buffers(open.ring, open.ring.bufferRing(GROUP, count), count, bytes);
    }

    Buffers publish(int... ids) {
        for (int id : ids) {
            bufferRing.provide(address(id), bytes, id);
        }
        bufferRing.publish();
        return this;
    }

    long address(int id) {
        return memory.address() + (long) id * bytes;
    }

    byte[] read(int id, int length) {
        return memory.asSlice((long) id * bytes, length).toArray(ValueLayout.JAVA_BYTE);
    }

    /** A multishot receive into these buffers; a credit or a cap may be set on it. */
    Sqe receive(int fd, long userData) {
        return ring.reserve()
                .opcode(Opcode.RECV)
                .fd(fd)
                .flags(SqeFlags.BUFFER_SELECT)
                .ioprio(NetFlags.RECV_MULTISHOT)
                .bufGroup(GROUP)
                .userData(userData);
    }

    @Override
    public void close() {
        bufferRing.close();
    }
}
