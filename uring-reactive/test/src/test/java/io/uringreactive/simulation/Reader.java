// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.simulation;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

/**
 * A subscriber whose demand the test decides, also before it is subscribed. It remembers what it
 * got, and keeps the buffers themselves when it is told to.
 */
final class Reader extends BaseSubscriber<ByteBuf> {
    /** A buffer that was kept, and what it held when it came. */
    private record Kept(ByteBuf buffer, byte[] bytes) {}

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<Kept> kept = new ArrayList<>();
    private boolean keeps;
    private boolean subscribed;
    private long asked;
    private long got;
    private int cancelAfter = Integer.MAX_VALUE;
    private boolean tooMuch;
    private boolean completed;
    private @Nullable Throwable error;

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
        subscribed = true;
        if (asked > 0) {
            subscription.request(asked);
        }
    }

    Reader keeping() {
        keeps = true;
        return this;
    }

    /** Cancels from within onNext, with the buffer of that number. */
    Reader cancellingAfter(int buffers) {
        cancelAfter = buffers;
        return this;
    }

    void ask(long n) {
        asked = asked + n < 0 ? Long.MAX_VALUE : asked + n;
        if (subscribed) {
            request(n);
        }
    }

    @Override
    protected void hookOnNext(ByteBuf buffer) {
        got++;
        tooMuch |= got > asked || isEnded();
        byte[] content = ByteBufUtil.getBytes(buffer);
        bytes.writeBytes(content);
        if (keeps) {
            kept.add(new Kept(buffer, content));
        } else {
            buffer.release();
        }
        if (got == cancelAfter) {
            cancel();
        }
    }

    @Override
    protected void hookOnComplete() {
        completed = true;
    }

    @Override
    protected void hookOnError(Throwable throwable) {
        error = throwable;
    }

    /** Gives back what it has kept, from the test's thread; false if any of it has changed. */
    boolean releaseKept() {
        boolean intact = true;
        for (Kept one : kept) {
            intact &= Arrays.equals(one.bytes(), ByteBufUtil.getBytes(one.buffer()));
            one.buffer().release();
        }
        kept.clear();
        return intact;
    }

    int bytesReceived() {
        return bytes.size();
    }

    byte[] received() {
        return bytes.toByteArray();
    }

    long buffers() {
        return got;
    }

    /** Whether everything that was asked for has come, or nothing more will. */
    boolean isSatisfied() {
        return got == asked || isEnded();
    }

    boolean gotTooMuch() {
        return tooMuch;
    }

    boolean isEnded() {
        return completed || error != null;
    }

    boolean isCompleted() {
        return completed;
    }

    @Nullable Throwable error() {
        return error;
    }
}
