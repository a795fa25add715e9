// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.context.Context;

/**
 * One send of many buffers, each a frame that says whose it is, its number and its length, so that
 * the peer can tell where every byte came from. The test emits them one by one.
 */
final class Frames {
    private static final int HEADER_BYTES = 4;
    private static final int PAYLOAD_MAX = 250;

    private final int id;
    private final Random random;
    private final List<ByteBuf> emitted = new ArrayList<>();
    private final Sinks.Many<ByteBuf> sink = Sinks.many().unicast().onBackpressureBuffer();
    private @Nullable Disposable subscription;
    private boolean completed;
    private boolean over;
    private @Nullable Throwable error;

    Frames(int id, Random random) {
        this.id = id;
        this.random = random;
    }

    /** What there is to send; what nobody has asked for by the end is given back here. */
    Publisher<ByteBuf> publisher() {
        return sink.asFlux().doOnDiscard(ByteBuf.class, ByteBuf::release);
    }

    void subscribed(Mono<Void> send) {
        // A publisher that fails right after its send was cancelled has nobody to tell.
        Consumer<Throwable> dropped = e -> {};
        subscription =
                send.subscribe(
                        nothing -> {},
                        e -> error = e,
                        () -> completed = true,
                        Context.of("reactor.onErrorDropped.local", dropped));
    }

    void emit() {
        if (!over) {
            ByteBuf frame = frame(emitted.size());
            emitted.add(frame);
            Sinks.EmitResult result = sink.tryEmitNext(frame);
            if (result.isFailure()) {
                frame.release();
            }
        }
    }

    private ByteBuf frame(int number) {
        int payload = random.nextInt(4) == 3 ? PAYLOAD_MAX : 19 - random.nextInt(20);
        byte[] bytes = new byte[HEADER_BYTES + payload];
        bytes[0] = (byte) id;
        bytes[1] = (byte) (number >> 8);
        bytes[2] = (byte) number;
        bytes[3] = (byte) payload;
        for (int i = 0; i < payload; i++) {
            bytes[HEADER_BYTES + i] = payload(id, number, i);
        }
        return switch (random.nextInt(3)) {
            case 0 -> Unpooled.wrappedBuffer(bytes);
            case 1 -> PooledByteBufAllocator.DEFAULT.directBuffer(bytes.length).writeBytes(bytes);
            default -> composite(bytes);
        };
    }

    private static ByteBuf composite(byte[] bytes) {
        int cut = bytes.length / 2;
        CompositeByteBuf both = Unpooled.compositeBuffer();
        both.addComponent(true, Unpooled.copiedBuffer(bytes, 0, cut));
        both.addComponent(true, Unpooled.copiedBuffer(bytes, cut, bytes.length - cut));
        return both;
    }

    private static byte payload(int id, int number, int index) {
        return (byte) (id * 31 + number * 7 + index);
    }

    void complete() {
        over = true;
        sink.tryEmitComplete();
    }

    void fail() {
        over = true;
        sink.tryEmitError(new IllegalStateException("the publisher of " + id + " fails"));
    }

    void cancel() {
        over = true;
        Disposable active = subscription;
        if (active != null) {
            active.dispose();
        }
    }

    boolean isOver() {
        return over;
    }

    boolean isCompleted() {
        return completed;
    }

    @Nullable Throwable error() {
        return error;
    }

    int count() {
        return emitted.size();
    }

    /** That nobody holds a buffer of it any more. */
    void assertReleased() {
        // A send that was refused has never asked for them; otherwise this is refused.
        sink.asFlux().subscribe(ByteBuf::release, e -> {});
        for (int i = 0; i < emitted.size(); i++) {
            assertEquals(0, emitted.get(i).refCnt(), "frame " + i + " of " + id + " is held");
        }
    }

    /**
     * How many frames of each send are in {@code stream}, which must be frames from its first byte
     * on: whole, and those of one send in order. The last one may be cut when {@code cut}.
     */
    static int[] parse(byte[] stream, int sends, boolean cut) {
        int[] counts = new int[sends];
        int at = 0;
        while (at < stream.length) {
            int left = stream.length - at;
            if (cut && (left < HEADER_BYTES || left < HEADER_BYTES + (stream[at + 3] & 0xff))) {
                return counts;
            }
            assertTrue(left >= HEADER_BYTES, "the stream ends within a frame's head");
            int id = stream[at];
            assertTrue(id >= 0 && id < sends, "no frame begins at byte " + at);
            int number = (stream[at + 1] & 0xff) << 8 | (stream[at + 2] & 0xff);
            assertEquals(counts[id], number, "the number of a frame of " + id);
            int payload = stream[at + 3] & 0xff;
            at += HEADER_BYTES;
            assertTrue(stream.length - at >= payload, "the stream ends within a frame");
            for (int i = 0; i < payload; i++) {
                assertEquals(payload(id, number, i), stream[at + i], "a frame was cut into");
            }
            at += payload;
            counts[id]++;
        }
        return counts;
    }
}
