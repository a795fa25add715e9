// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.op;

import io.uringreactive.Completion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

/** Requests nothing by itself and keeps what it gets. */
final class Probe extends BaseSubscriber<Completion> {
    final List<Completion> received = Collections.synchronizedList(new ArrayList<>());
    final List<String> threads = Collections.synchronizedList(new ArrayList<>());
    final AtomicReference<@Nullable Throwable> error = new AtomicReference<>();
    final AtomicBoolean completed = new AtomicBoolean();

    @Override
    protected void hookOnSubscribe(Subscription subscription) {}

    @Override
    protected void hookOnNext(Completion value) {
        threads.add(Thread.currentThread().getName());
        received.add(value);
    }

    @Override
    protected void hookOnComplete() {
        threads.add(Thread.currentThread().getName());
        completed.set(true);
    }

    @Override
    protected void hookOnError(Throwable throwable) {
        error.set(throwable);
    }

    boolean isEnded() {
        return completed.get() || error.get() != null;
    }
}
