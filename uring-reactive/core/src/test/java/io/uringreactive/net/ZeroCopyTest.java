// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.uringreactive.ConnectionOptions;
import io.uringreactive.ListenOptions;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/**
 * Sends without a copy. On loopback the kernel copies after all and says so, each time to the first
 * of a connection: so there are many connections.
 */
class ZeroCopyTest extends KernelTest {
    private static final int BUFFER_BYTES = 32 * 1024;

    private static UnaryOperator<ListenOptions> from(int bytes) {
        return options -> options.connection(ConnectionOptions.defaults().zeroCopyBytesMin(bytes));
    }

    private void sendAndRead(Pair pair, int buffers) {
        Tracked tracked = new Tracked();
        Disposable sending =
                pair.connection()
                        .send(Flux.range(0, buffers).map(i -> tracked.next(BUFFER_BYTES)))
                        .subscribe();
        long bytes = (long) buffers * BUFFER_BYTES;
        assertEquals(bytes, pair.peer().checkSequence(0, bytes));
        Await.until("done", sending::isDisposed);
        tracked.expectAllReleased();
    }

    @Test
    void shouldSendAndReleaseEveryBuffer() {
        for (int buffers = 1; buffers <= 40; buffers++) {
            try (Pair pair = Pair.open(group(), from(1), 0)) {
                sendAndRead(pair, buffers);
            }
        }
    }

    @Test
    void shouldMixWithSendsThatAreCopied() {
        try (Pair pair = Pair.open(group(), from(BUFFER_BYTES + 1), 0)) {
            sendAndRead(pair, 1);
        }
        try (Pair pair = Pair.open(group(), from(BUFFER_BYTES + 1), 0)) {
            sendAndRead(pair, 64);
        }
    }

    /** Nobody waits for a peer that acknowledges nothing. */
    @Test
    void shouldEndAtOnceWhenItAbortsBeforeAPeerThatReadsNothing() {
        Tracked tracked = new Tracked();
        try (Pair pair = Pair.open(group(), from(1), 16 * 1024)) {
            Disposable sending =
                    pair.connection()
                            .send(Flux.range(0, 200).map(i -> tracked.next(BUFFER_BYTES)))
                            .subscribe(nothing -> {}, error -> {});
            Await.until("much is on its way", () -> pair.connection().sentBytes() > BUFFER_BYTES);
            pair.connection().dispose();
            pair.connection().onClose().block(Duration.ofSeconds(2));
            Await.until("failed", sending::isDisposed);
        }
        tracked.expectAllReleased();
    }

    @Test
    void shouldReleaseWhatAnAbortFindsOnItsWay() {
        for (int round = 0; round < 40; round++) {
            Tracked tracked = new Tracked();
            try (Pair pair = Pair.open(group(), from(1), 16 * 1024)) {
                Disposable sending =
                        pair.connection()
                                .send(Flux.range(0, 200).map(i -> tracked.next(BUFFER_BYTES)))
                                .subscribe(nothing -> {}, error -> {});
                pair.peer().read(1000 * round);
                pair.connection().dispose();
                Await.until("failed", sending::isDisposed);
            }
            tracked.expectAllReleased();
        }
    }
}
