// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.op;

import io.uringreactive.Completion;
import io.uringreactive.Preparation;
import io.uringreactive.Profile;
import io.uringreactive.ReceiveMode;
import io.uringreactive.RingGroupOptions;
import io.uringreactive.RingScheduler;
import io.uringreactive.RingStatus;
import io.uringreactive.buffer.BufferPool;
import io.uringreactive.loop.Carries;
import io.uringreactive.loop.LoopScheduler;
import io.uringreactive.sys.abi.CqeFlags;
import io.uringreactive.sys.ring.Ring;
import io.uringreactive.sys.ring.RingFeature;
import io.uringreactive.sys.ring.Sockets;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.Logger;
import reactor.util.Loggers;

/** A loop with its buffers, as the place where operations are submitted. */
public final class UringScheduler extends LoopScheduler implements RingScheduler {
    private static final Logger LOG = Loggers.getLogger(UringScheduler.class);
    private static final int MESSAGES_MAX = 1024;

    private final Sinks.Many<Integer> messages =
            Sinks.many().multicast().onBackpressureBuffer(MESSAGES_MAX, false);
    private @Nullable BufferPool buffers;
    private @Nullable DirectDescriptors descriptors;

    /** Connections that live here or are on their way, until their descriptor is closed. */
    private final AtomicInteger connections = new AtomicInteger();

    private final RingGroupOptions options;
    private final ReceiveMode receiveMode;
    private final boolean receivesBundles;

    private UringScheduler(Ring ring, String name, RingGroupOptions options) {
        super(options.kernel(), ring, name);
        this.options = options;
        this.receiveMode = options.receiveMode().on(ring.features());
        this.receivesBundles =
                options.receiveBundles() && ring.features().has(RingFeature.RECEIVE_BUNDLES);
        loop().onStart(this::register);
        loop().operations().lateResults(this::undo);
        loop().operations().onMessage(this::onMessage);
    }

    private void register() {
        buffers = new BufferPool(loop(), options);
        loop().minWaitMicros((int) (options.minWait().toNanos() / 1000));
        loop().growth(options.ring().completionEntries(), options.completionEntriesMax());
        Ring ring = loop().ring();
        descriptors = DirectDescriptors.none();
        if (options.directDescriptors() > 0) {
            if (ring.features().has(RingFeature.PROMPT_FILE_TABLE)) {
                descriptors = DirectDescriptors.of(ring.fileTable(options.directDescriptors()));
            } else {
                LOG.warn(
                        "{} has no direct descriptors: they need Linux {}",
                        this,
                        RingFeature.PROMPT_FILE_TABLE.sinceLinux());
            }
        }
    }

    /** {@code ring} was opened as {@code options} say. */
    public static UringScheduler create(Ring ring, String name, RingGroupOptions options) {
        return new UringScheduler(ring, name, options);
    }

    /** The scheduler that {@code ring} is; every ring of this library is one. */
    public static UringScheduler of(RingScheduler ring) {
        if (ring instanceof UringScheduler scheduler) {
            return scheduler;
        }
        throw new IllegalArgumentException("not a ring of this library: " + ring);
    }

    /** What the kernel lets the ring do. */
    Profile profile() {
        return options.profile();
    }

    /** How bounded demand is received: CREDIT or ONE_SHOT. */
    public ReceiveMode receiveMode() {
        return receiveMode;
    }

    /** Whether one CQE of a receive may bring several buffers: wanted, and sound here. */
    public boolean receivesBundles() {
        return receivesBundles;
    }

    /** Whether sends can do without a copy here, and tell whether they did. */
    public boolean sendsZeroCopy() {
        return loop().ring().features().has(RingFeature.ZERO_COPY_SEND);
    }

    /** Values that other rings sent to this one; see {@link MsgRing}. */
    Flux<Integer> messages() {
        // Requests hop here too: the sink signals on the thread of whoever asks.
        return messages.asFlux().subscribeOn(this, true);
    }

    private void onMessage(int value) {
        if (messages.tryEmitNext(value).isFailure()) {
            LOG.warn("{} drops a message: {} wait already", this, MESSAGES_MAX);
        }
    }

    /** On the loop. */
    public BufferPool buffers() {
        return Objects.requireNonNull(buffers, "the ring is not started");
    }

    /** On the loop. */
    public DirectDescriptors descriptors() {
        return Objects.requireNonNull(descriptors, "the ring is not started");
    }

    /** A success that comes after its operation was cancelled is undone here, and only here. */
    private void undo(Carries carries, int result, int cqeFlags) {
        switch (carries) {
            case DESCRIPTOR -> {
                if (result >= 0) {
                    close(result);
                }
            }
            case BUFFER -> {
                if (CqeFlags.hasBuffer(cqeFlags)) {
                    buffers().discard(CqeFlags.bufferId(cqeFlags), result);
                }
            }
            case NOTHING -> {}
        }
    }

    Sockets sockets() {
        return loop().kernel().sockets();
    }

    private void close(int fd) {
        if (loop().operations().mayBegin()) {
            Close.prepare(loop().operations().beginUnwatched(), fd);
        } else {
            // The ring has stopped, or another SQE is being filled in. A socket that nobody has
            // used lets close(2) return at once.
            sockets().close(fd);
        }
    }

    @Override
    public Mono<Completion> submit(Preparation preparation) {
        return SubmissionFlux.one(this, preparation, Carries.NOTHING);
    }

    @Override
    public Flux<Completion> submitMultishot(Preparation preparation) {
        return SubmissionFlux.many(this, preparation, Carries.NOTHING);
    }

    @Override
    public Mono<RingStatus> status() {
        return Mono.fromCallable(this::snapshot).subscribeOn(this);
    }

    private RingStatus snapshot() {
        return new RingStatus(
                loop().operations().inFlight(),
                connections.get(),
                loop().progress().turnCount(),
                loop().progress().busyNanos(loop().nanoTime()),
                loop().progress().blockedCount(),
                loop().operations().rearmCount(),
                buffers().outCount(),
                buffers().freeCount(),
                buffers().copiedCount(),
                buffers().starvedCount(),
                loop().operations().lateCount(),
                loop().counters());
    }

    /** A connection was given to this ring (1), or closed (-1). Safe from any thread. */
    public void countConnection(int difference) {
        connections.addAndGet(difference);
    }

    /** Safe from any thread. */
    public int connections() {
        return connections.get();
    }
}
