// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.frame;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

/**
 * A downstream: takes frames as text, in a given way, and holds the rules that one can see here.
 */
final class FrameTaker implements CoreSubscriber<Object> {
    /** How it requests. */
    enum Way {
        EVERYTHING,
        ONE_WITHIN_ON_NEXT,
        TWO_WITHIN_ON_NEXT,
        BY_HAND
    }

    final List<String> frames = new ArrayList<>();
    final List<Object> ends = new ArrayList<>();

    private final Way way;

    /** Cancels within onNext, after so many frames. */
    private final int framesMax;

    private @Nullable Subscription subscription;
    private long demand;
    private int depth;
    private boolean cancelled;

    FrameTaker(Way way) {
        this(way, Integer.MAX_VALUE);
    }

    FrameTaker(Way way, int framesMax) {
        this.way = way;
        this.framesMax = framesMax;
    }

    @Override
    public void onSubscribe(Subscription upstream) {
        subscription = upstream;
        switch (way) {
            case EVERYTHING -> request(Long.MAX_VALUE);
            case ONE_WITHIN_ON_NEXT -> request(1);
            case TWO_WITHIN_ON_NEXT -> request(2);
            case BY_HAND -> {}
        }
    }

    void request(long n) {
        demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
        upstream().request(n);
    }

    void cancel() {
        cancelled = true;
        upstream().cancel();
    }

    Subscription upstream() {
        return Objects.requireNonNull(subscription);
    }

    @Override
    public void onNext(Object frame) {
        assertEquals(0, depth++, "a signal within a signal");
        assertEquals(List.of(), ends, "a signal after the end");
        assertFalse(cancelled, "a signal after cancel, on the same thread");
        assertTrue(demand-- > 0, "more than was requested");
        frames.add(textAndRelease(frame));
        if (frames.size() == framesMax) {
            cancel();
        } else if (way == Way.ONE_WITHIN_ON_NEXT) {
            request(1);
        } else if (way == Way.TWO_WITHIN_ON_NEXT && demand == 0) {
            request(2);
        }
        depth--;
    }

    private static String textAndRelease(Object frame) {
        if (frame instanceof ByteBuf buffer) {
            String text = buffer.toString(ISO_8859_1);
            assertTrue(buffer.refCnt() > 0);
            buffer.release();
            return text;
        }
        return (String) frame;
    }

    @Override
    public void onError(Throwable error) {
        end(error);
    }

    @Override
    public void onComplete() {
        end("complete");
    }

    private void end(Object how) {
        assertEquals(0, depth, "an end within a signal");
        assertEquals(List.of(), ends, "two ends");
        assertFalse(cancelled, "an end after cancel, on the same thread");
        ends.add(how);
    }
}
