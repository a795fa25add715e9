package io.uringreactive.op;

import io.uringreactive.Completion;
import io.uringreactive.Preparation;
import io.uringreactive.RingScheduler;
import io.uringreactive.RingStatus;
import io.uringreactive.buffer.BufferPool;
import io.uringreactive.loop.Carries;
import io.uringreactive.loop.LoopScheduler;
import io.uringreactive.sys.abi.CqeFlags;
import io.uringreactive.sys.ring.Kernel;
import io.uringreactive.sys.ring.Ring;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A loop with its buffers, as the place where operations are submitted. */
public final class UringScheduler extends LoopScheduler implements RingScheduler {
    private @Nullable BufferPool buffers;

    /** Connections of this ring whose descriptor is open; confined to the loop. */
    private int connections;

    private UringScheduler(
            Kernel kernel, Ring ring, String name, int bufferCount, int bufferBytes) {
        super(kernel, ring, name);
        loop().onStart(() -> buffers = new BufferPool(loop(), bufferCount, bufferBytes));
        loop().lateResults(this::undo);
    }

    public static UringScheduler create(
            Kernel kernel, Ring ring, String name, int bufferCount, int bufferBytes) {
        return new UringScheduler(kernel, ring, name, bufferCount, bufferBytes);
    }

    /** The scheduler that {@code ring} is; every ring of this library is one. */
    public static UringScheduler of(RingScheduler ring) {
        if (ring instanceof UringScheduler scheduler) {
            return scheduler;
        }
        throw new IllegalArgumentException("not a ring of this library: " + ring);
    }

    /** On the loop. */
    public BufferPool buffers() {
        return Objects.requireNonNull(buffers, "the ring is not started");
    }

    /** A success that comes after its operation was cancelled is undone here, and only here. */
    private void undo(Carries carries, int result, int cqeFlags) {
        switch (carries) {
            case DESCRIPTOR -> {
                if (result >= 0) {
                    Close.prepare(loop().beginUnwatched(), result);
                }
            }
            case BUFFER -> {
                if (CqeFlags.hasBuffer(cqeFlags)) {
                    buffers().discard(CqeFlags.bufferId(cqeFlags));
                }
            }
            case NOTHING -> {}
        }
    }

    @Override
    public Mono<Completion> submit(Preparation preparation) {
        return new SubmissionMono(loop(), preparation, Carries.NOTHING);
    }

    @Override
    public Flux<Completion> submitMultishot(Preparation preparation) {
        return new SubmissionFlux(loop(), preparation, Carries.NOTHING);
    }

    @Override
    public Mono<RingStatus> status() {
        return Mono.fromCallable(this::snapshot).subscribeOn(this);
    }

    private RingStatus snapshot() {
        return new RingStatus(
                loop().inFlight(),
                connections,
                buffers().outCount(),
                buffers().copiedCount(),
                buffers().starvedCount(),
                loop().lateCount(),
                loop().counters());
    }

    /** A connection's descriptor was opened (1) or closed (-1). */
    public void countConnection(int difference) {
        connections += difference;
    }
}
