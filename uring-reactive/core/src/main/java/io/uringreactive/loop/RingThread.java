// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.loop;

import io.netty.util.concurrent.FastThreadLocalThread;
import reactor.core.scheduler.NonBlocking;

/**
 * The thread of one ring: a platform thread (the kernel ties the ring to it), daemon, marked so
 * that Reactor refuses to block on it.
 */
final class RingThread extends FastThreadLocalThread implements NonBlocking {
    RingThread(RingLoop loop, String name) {
        super(null, loop::run, name);
        setDaemon(true);
    }
}
