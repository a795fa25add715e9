// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.loop;

import io.uringreactive.sys.abi.Errno;
import io.uringreactive.sys.ring.Ring;
import reactor.util.Logger;
import reactor.util.Loggers;

/**
 * Doubles a ring's completion queue, up to a limit, when it has overflowed or was nearly full: then
 * the kernel ends multishots or keeps CQEs aside, which loses nothing but costs time. Confined to
 * the loop.
 */
final class QueueGrowth {
    static final QueueGrowth NONE = new QueueGrowth("", 0, 0);

    private static final Logger LOG = Loggers.getLogger(QueueGrowth.class);

    private final String name;
    private int entries;
    private int entriesMax;
    private long overflowsSeen;
    private boolean wanted;

    /**
     * @param entries CQEs that fit now
     * @param entriesMax a power of two; no growth where it is not above
     */
    QueueGrowth(String name, int entries, int entriesMax) {
        this.name = name;
        this.entries = entries;
        this.entriesMax = entriesMax;
    }

    /** Before the turn drains. */
    void onTurn(Ring ring) {
        if (entries >= entriesMax) {
            return;
        }
        long overflows = ring.counters().overflows();
        wanted |= overflows > overflowsSeen || ring.completions() > entries / 4 * 3;
        overflowsSeen = overflows;
        if (wanted) {
            grow(ring);
        }
    }

    private void grow(Ring ring) {
        int result = ring.resize(ring.submissionEntries(), entries * 2);
        if (result == 0) {
            entries *= 2;
            wanted = false;
            LOG.info("{} has {} CQEs from now on, for they ran out", name, entries);
        } else if (!Errno.EAGAIN.is(result) && !Errno.EOVERFLOW.is(result)) {
            LOG.warn(
                    "the completion queue of {} stays at {} CQEs: resizing it failed with {}",
                    name,
                    entries,
                    Errno.name(result));
            entriesMax = entries;
        } // else this turn drains the queue, and the next one tries again
    }
}
