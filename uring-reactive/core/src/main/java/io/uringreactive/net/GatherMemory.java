// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.uringreactive.sys.abi.Layouts.IoVec;
import io.uringreactive.sys.abi.Layouts.MsgHdr;
import io.uringreactive.transport.Sending;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A {@code msghdr} and its iovecs for one gathered send, kept until the CQE. A connection has one
 * from its first gathered send on. Confined to the loop.
 */
final class GatherMemory {
    private final MemorySegment memory =
            Arena.ofAuto()
                    .allocate(MsgHdr.SIZE + (long) Sending.BATCH_MAX * IoVec.SIZE, Long.BYTES);

    GatherMemory() {
        memory.set(JAVA_LONG, MsgHdr.IOV, memory.address() + MsgHdr.SIZE);
    }

    void piece(int index, long address, int bytes) {
        long entry = MsgHdr.SIZE + (long) index * IoVec.SIZE;
        memory.set(JAVA_LONG, entry + IoVec.BASE, address);
        memory.set(JAVA_LONG, entry + IoVec.LEN, bytes);
    }

    /** The address of a header that lists the first {@code pieces}. */
    long header(int pieces) {
        memory.set(JAVA_LONG, MsgHdr.IOVLEN, pieces);
        return memory.address();
    }
}
