// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.transport;

import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.Disposable;

/** Where items come from that stand for connections. */
final class Offers implements Hub.Source<Offers.Item> {
    private final AtomicInteger disposed = new AtomicInteger();

    /** Plain: only whoever drains says what is wanted. */
    private boolean wanted;

    final class Item implements Disposable {
        @Override
        public void dispose() {
            disposed.incrementAndGet();
        }
    }

    Item item() {
        return new Item();
    }

    @Override
    public void want(boolean items) {
        wanted = items;
    }

    @Override
    public void beforeEmit(Item item) {}

    @Override
    public void dispose() {}

    boolean isWanted() {
        return wanted;
    }

    int disposed() {
        return disposed.get();
    }
}
