// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.transport;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;

/**
 * Automatic context propagation: code of users that a ring calls sees the thread locals that are in
 * its subscriber's Context. Reactor restores them around the signals of its own operators; here it
 * is done where a ring subscribes to what a user gave it.
 */
final class ThreadLocals {
    /** {@code publisher}, or one that is subscribed to with the thread locals in place. */
    static <T> Publisher<? extends T> restoredFor(Publisher<? extends T> publisher) {
        // The operator that writes nothing: it is the one that restores (Hooks).
        return Hooks.isAutomaticContextPropagationEnabled()
                ? Flux.from(publisher).contextWrite(context -> context)
                : publisher;
    }

    private ThreadLocals() {}
}
