// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.epoll;

import io.netty.util.concurrent.FastThreadLocalThread;
import reactor.core.scheduler.NonBlocking;

/** The thread of one event loop: daemon, marked so that Reactor refuses to block on it. */
final class EventThread extends FastThreadLocalThread implements NonBlocking {
    EventThread(Runnable run, String name) {
        super(null, run, name);
        setDaemon(true);
    }
}
