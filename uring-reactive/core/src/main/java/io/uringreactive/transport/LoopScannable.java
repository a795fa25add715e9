// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.transport;

import org.jspecify.annotations.Nullable;
import reactor.core.Scannable;
import reactor.core.scheduler.Scheduler;

/**
 * What a publisher or subscription on a ring tells of itself. Read by any thread: what the loop has
 * just changed may not show yet.
 */
public interface LoopScannable extends Scannable {
    /** The ring that signals, or null where it may be any of a group. */
    @Nullable Scheduler signalsOn();

    /** What this one has to tell besides where and how it runs. */
    default @Nullable Object scanState(Attr<?> key) {
        return null;
    }

    @Override
    @SuppressWarnings("rawtypes") // as it is declared
    default @Nullable Object scanUnsafe(Attr key) {
        if (key.equals(Attr.RUN_STYLE)) {
            return Attr.RunStyle.ASYNC;
        }
        return key.equals(Attr.RUN_ON) ? signalsOn() : scanState(key);
    }
}
