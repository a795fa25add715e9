// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.tls;

import io.netty.buffer.ByteBuf;
import io.uringreactive.Connection;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The sending side: plaintext that waits, and records on their way through the transport. Sends
 * that come during a turn of the ring are encrypted at its end. Confined to the ring.
 */
final class Outbound {
    /** With more on its way, in either form, nothing is asked for or encrypted. */
    static final int HIGH_WATER_BYTES = 64 * 1024;

    /** A batch of so many bytes is large enough: the next one tells how far the kernel is. */
    private static final int BATCH_BYTES = 16 * 1024;

    private final Connection transport;
    private final OnRing ring;
    private final Pump pump;
    private final Consumer<Throwable> onBroken;
    private final Plaintext plaintext = new Plaintext();

    /** Every send that has not ended, so that all can be told of a failure. */
    private final Set<TlsSend> active = new LinkedHashSet<>(2);

    /** Sends that wait until less is on its way. */
    private final ArrayDeque<TlsSend> paused = new ArrayDeque<>(0);

    private @Nullable Batch open;

    /** Bytes of records that the kernel has not got yet. */
    private int unsentBytes;

    /** The pump had something to emit, and could not. */
    private boolean stalled;

    private @Nullable Throwable refused;

    /** {@code onBroken} is told when the transport sends no more. */
    Outbound(Connection transport, OnRing ring, Pump pump, Consumer<Throwable> onBroken) {
        this.transport = transport;
        this.ring = ring;
        this.pump = pump;
        this.onBroken = onBroken;
    }

    OnRing ring() {
        return ring;
    }

    Pump pump() {
        return pump;
    }

    Plaintext plaintext() {
        return plaintext;
    }

    /** Null while sends are accepted. */
    @Nullable Throwable refusal() {
        return refused;
    }

    void refuse(Throwable reason) {
        if (refused == null) {
            refused = reason;
        }
    }

    void add(TlsSend send) {
        active.add(send);
    }

    /** {@code send} has ended, and its subscriber knows. */
    void remove(TlsSend send) {
        active.remove(send);
        paused.remove(send);
        if (refused != null && active.isEmpty()) {
            pump.soon(); // the end of the output waits for this
        }
    }

    /** {@code send} has ended before its time: what is not encrypted goes. */
    void drop(TlsSend send) {
        plaintext.removeEnded();
        remove(send);
        pump.soon(); // others may have room now
    }

    void offer(ByteBuf bytes, TlsSend owner) {
        plaintext.add(bytes, owner);
        pump.soon();
    }

    boolean isBelowHighWater() {
        return plaintext.bytes() + unsentBytes < HIGH_WATER_BYTES;
    }

    /** {@code send} resumes when less is on its way. */
    void pause(TlsSend send) {
        paused.add(send);
    }

    /** Whether every send has ended, and everything is encrypted. */
    boolean isIdle() {
        return active.isEmpty() && plaintext.isEmpty();
    }

    /** Whether a send may get more from its publisher. */
    boolean hasOpenPublisher() {
        return active.stream().anyMatch(TlsSend::isFed);
    }

    boolean mayEmit() {
        Batch batch = open;
        boolean may = unsentBytes < HIGH_WATER_BYTES && (batch == null || batch.hasDemand());
        stalled = !may;
        return may;
    }

    /** The transport has room again. */
    void onRoom() {
        if (stalled || !paused.isEmpty()) {
            pump.soon();
        }
    }

    /** Takes over {@code record}; returns where it went. */
    Batch emit(ByteBuf record) {
        unsentBytes += record.readableBytes();
        Batch batch = open;
        if (batch == null) {
            batch = new Batch(this);
            open = batch;
            transport.send(batch).subscribe(batch.end());
        }
        batch.emit(record);
        if (batch.bytes() >= BATCH_BYTES) {
            finishBatch();
        }
        return batch;
    }

    /** The pump has done what it could. */
    void flush() {
        Batch batch = open;
        if (batch != null && batch.isAwaited()) {
            finishBatch();
        }
        while (!paused.isEmpty() && isBelowHighWater()) {
            paused.remove().onResumed();
        }
    }

    void finishBatch() {
        Batch batch = open;
        if (batch != null) {
            open = null;
            batch.finish();
        }
    }

    void onEnd(Batch batch, @Nullable Throwable error) {
        unsentBytes -= batch.bytes();
        if (batch == open) {
            open = null;
        }
        if (error == null) {
            onRoom();
        } else {
            onBroken.accept(error);
        }
    }

    /** Ends every send with {@code reason} and drops what is not encrypted. */
    void stop(Throwable reason) {
        refuse(reason);
        plaintext.release();
        paused.clear();
        Set<TlsSend> ending = Set.copyOf(active);
        active.clear();
        ending.forEach(send -> send.fail(reason));
    }
}
