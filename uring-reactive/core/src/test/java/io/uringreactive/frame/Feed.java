// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** An upstream: given bytes, cut at given places, as far as they are requested. */
final class Feed implements Publisher<ByteBuf>, Subscription {
    private final byte[] bytes;
    private final int[] cuts;
    private final @Nullable Throwable error;
    private final List<ByteBuf> sent = new ArrayList<>();

    private @Nullable Subscriber<? super ByteBuf> subscriber;
    private long demand;
    private int pieces;
    private int at;
    private boolean sending;
    private boolean ended;
    private boolean cancelled;

    private Feed(byte[] bytes, int[] cuts, @Nullable Throwable error) {
        this.bytes = bytes;
        this.cuts = cuts;
        this.error = error;
    }

    /** {@code cuts} in ascending order; the same place twice is an empty buffer. */
    static Feed of(byte[] bytes, int... cuts) {
        return new Feed(bytes, cuts, null);
    }

    static Feed byteByByte(byte[] bytes) {
        return of(bytes, placesUpTo(bytes.length - 1));
    }

    private static int[] placesUpTo(int n) {
        int[] places = new int[Math.max(n, 0)];
        Arrays.setAll(places, i -> i + 1);
        return places;
    }

    Feed failing(Throwable reason) {
        return new Feed(bytes, cuts, reason);
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuf> actual) {
        subscriber = actual;
        actual.onSubscribe(this);
        send();
    }

    @Override
    public void request(long n) {
        assertTrue(n > 0, "rule 3.9");
        demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
        send();
    }

    private void send() {
        Subscriber<? super ByteBuf> to = subscriber;
        if (sending || to == null) {
            return;
        }
        sending = true;
        while (!cancelled && !ended && (demand > 0 || pieces > cuts.length)) {
            if (pieces > cuts.length) {
                ended = true;
                if (error == null) {
                    to.onComplete();
                } else {
                    to.onError(error);
                }
            } else {
                demand -= demand == Long.MAX_VALUE ? 0 : 1;
                int end = pieces == cuts.length ? bytes.length : cuts[pieces];
                pieces++;
                ByteBuf piece =
                        UnpooledByteBufAllocator.DEFAULT
                                .directBuffer()
                                .writeBytes(bytes, at, end - at);
                at = end;
                sent.add(piece);
                to.onNext(piece);
            }
        }
        sending = false;
    }

    @Override
    public void cancel() {
        cancelled = true;
    }

    boolean isCancelled() {
        return cancelled;
    }

    int pieces() {
        return pieces;
    }

    void assertReleased(String run) {
        for (ByteBuf buffer : sent) {
            assertEquals(0, buffer.refCnt(), () -> run + ": an input is not released");
        }
    }
}
