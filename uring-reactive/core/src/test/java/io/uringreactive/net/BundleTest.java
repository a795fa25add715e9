// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.buffer.ByteBuf;
import io.uringreactive.ReceiveMode;
import io.uringreactive.RingGroup;
import io.uringreactive.RingGroupOptions;
import io.uringreactive.RingScheduler;
import io.uringreactive.sys.ring.LinuxKernel;
import io.uringreactive.sys.ring.RingFeature;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

/** CQEs that bring several provided buffers. */
class BundleTest extends KernelTest {
    private static final int BUFFER_BYTES = 1024;
    private static final int BYTES = 4 * 1024 * 1024;
    private static final int WINDOW_BYTES = 32 * BUFFER_BYTES;

    @Override
    RingGroupOptions options(RingGroupOptions defaults) {
        return defaults.rings(1).buffers(64, BUFFER_BYTES).receiveBundles(true);
    }

    @BeforeEach
    void requireBundles() {
        assumeTrue(
                LinuxKernel.instance().features().has(RingFeature.RECEIVE_BUNDLES),
                "bundles are sound from Linux 6.15 on");
    }

    private Pair pair(RingGroup group) {
        return Pair.open(
                group,
                options -> options.connection(options.connection().windowBytes(WINDOW_BYTES)),
                0);
    }

    private static long completions(RingScheduler ring) {
        return status(ring).counters().completions();
    }

    @ParameterizedTest
    @EnumSource(names = {"CREDIT", "ONE_SHOT"})
    void shouldDeliverEveryByteInOrder(ReceiveMode mode) {
        RingGroup group = group(mode);
        try (Pair pair = pair(group)) {
            Taker taker = Taker.requesting(0);
            pair.connection().receive().subscribe(taker);
            CompletableFuture<Void> writing =
                    CompletableFuture.runAsync(() -> pair.peer().writeSequence(0, BYTES));
            while (taker.bytes() < BYTES) {
                int before = taker.buffers();
                taker.ask(7);
                Await.until(
                        "seven, or all",
                        () -> taker.buffers() == before + 7 || taker.bytes() == BYTES);
            }
            Await.get(writing);
        }
    }

    @Test
    void shouldTakeFewerCompletionsThanBuffers() {
        RingGroup group = group();
        RingScheduler ring = group.next();
        long before = completions(ring);
        int buffers;
        try (Pair pair = pair(group)) {
            Taker taker = Taker.requesting(Long.MAX_VALUE);
            // What waits in the socket comes in bundles.
            pair.peer().writeSequence(0, 20 * BUFFER_BYTES);
            pair.connection().receive().subscribe(taker);
            Await.until("all", () -> taker.bytes() == 20 * BUFFER_BYTES);
            buffers = taker.buffers();
        }
        assertEquals(20, buffers);
        long taken = completions(ring) - before;
        assertTrue(taken < 20, () -> taken + " CQEs");
    }

    /** In the middle of a bundle: the rest of it goes back unread. */
    @ParameterizedTest
    @EnumSource(names = {"CREDIT", "ONE_SHOT"})
    void shouldGiveTheRestBackWhenTheSubscriberLeaves(ReceiveMode mode) {
        for (int taken = 1; taken < 20; taken++) {
            try (Pair pair = pair(group(mode))) {
                pair.peer().writeSequence(0, 20 * BUFFER_BYTES);
                Leaving subscriber = new Leaving(taken, pair);
                pair.connection().receive().subscribe(subscriber);
                assertEquals(taken, Await.get(subscriber.left));
            }
        }
    }

    private static final class Leaving extends BaseSubscriber<ByteBuf> {
        final CompletableFuture<Integer> left = new CompletableFuture<>();
        private final int count;
        private final Pair pair;
        private int taken;

        Leaving(int count, Pair pair) {
            this.count = count;
            this.pair = pair;
        }

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        protected void hookOnNext(ByteBuf buffer) {
            buffer.release();
            if (++taken == count) {
                if (count % 2 == 0) {
                    cancel();
                } else {
                    pair.connection().dispose();
                }
                left.complete(taken);
            }
        }

        @Override
        protected void hookOnError(Throwable error) {
            // Its own doing.
        }
    }

    /** Whoever keeps buffers does not stall the others; what is copied out is the same bytes. */
    @Test
    void shouldCopyOutOfBundlesWhenBuffersRunLow() {
        List<ByteBuf> kept = new ArrayList<>();
        try (Pair hoarding = pair(group());
                Pair going = pair(group())) {
            hoarding.connection()
                    .receive()
                    .subscribe(
                            buffer -> {
                                synchronized (kept) {
                                    kept.add(buffer);
                                }
                            });
            hoarding.peer().writeSequence(0, 256 * BUFFER_BYTES);
            Taker taker = Taker.requesting(Long.MAX_VALUE);
            going.connection().receive().subscribe(taker);
            going.peer().writeSequence(0, BYTES);
            going.peer().close();
            assertEquals(Optional.empty(), taker.end());
            assertEquals(BYTES, taker.bytes());
            Await.until("all are kept", () -> bytes(kept) == 256 * BUFFER_BYTES);
        }
        long at = 0;
        for (ByteBuf buffer : kept) {
            Sequence.check(at, buffer);
            at += buffer.readableBytes();
            buffer.release();
        }
    }

    private static int bytes(List<ByteBuf> buffers) {
        synchronized (buffers) {
            return buffers.stream().mapToInt(ByteBuf::readableBytes).sum();
        }
    }
}
