// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import io.uringreactive.sys.abi.PollFlags;

/** poll(2), one-shot and multishot; the latter reports changes (edge-triggered, Linux 5.13). */
final class PollOperation extends Operation {
    // The numbers of poll(2).
    private static final int IN = 1 << 0;
    private static final int OUT = 1 << 2;
    private static final int ERR = 1 << 3;
    private static final int HUP = 1 << 4;
    private static final int RDHUP = 1 << 13;

    private final SimulatedSocket socket;
    private final boolean multishot;
    private long seen = -1;

    PollOperation(SimulatedRing ring, Submission submission, SimulatedSocket socket) {
        super(ring, submission, socket);
        this.socket = socket;
        this.multishot = (submission.len() & PollFlags.ADD_MULTI) != 0;
    }

    @Override
    boolean canProceed() {
        return events() != 0 && seen != socket.changes();
    }

    @Override
    void proceed() {
        if (multishot) {
            seen = socket.changes();
            more(events(), 0);
        } else {
            finish(events(), 0);
        }
    }

    /** Errors and hang-ups are reported unasked. */
    private int events() {
        return state() & (submission.opFlags() | ERR | HUP);
    }

    private int state() {
        Backlog backlog = socket.backlog();
        if (backlog != null) {
            return backlog.isClosed() ? IN | HUP : backlog.isEmpty() ? 0 : IN;
        }
        StreamEnd stream = socket.stream();
        if (stream == null) {
            return OUT | HUP;
        }
        boolean bothShut = stream.endSeen() && stream.writeShut();
        return (stream.isReadable() ? IN : 0)
                | (stream.isWritable() ? OUT : 0)
                | (stream.endSeen() || stream.isDead() ? RDHUP : 0)
                | (stream.isDead() || bothShut ? HUP : 0)
                | (stream.hasError() ? ERR : 0);
    }
}
