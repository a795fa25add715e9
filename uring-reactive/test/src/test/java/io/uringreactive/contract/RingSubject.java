// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.contract;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.uringreactive.Availability;
import io.uringreactive.ConnectionOptions;
import io.uringreactive.ReceiveMode;
import io.uringreactive.RingGroup;
import io.uringreactive.RingGroupOptions;
import io.uringreactive.RingScheduler;
import io.uringreactive.RingStatus;
import io.uringreactive.Transport;
import io.uringreactive.UringNet;
import io.uringreactive.sys.ring.LinuxKernel;
import io.uringreactive.sys.ring.RingConfig;
import io.uringreactive.test.contract.Subject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** io_uring in one receive mode, on two rings of its own with few buffers. */
final class RingSubject implements Subject {
    private static final int BUFFER_BYTES = 4096;
    private static final String MULTISHOT_ACCEPT = "uring.multishot-accept";
    private static final String ZERO_COPY = "uring.zero-copy-bytes-min";

    private final Duration limit = Duration.ofMillis(Long.getLong("contract.millis", 10_000));
    private final Transport transport;
    private final RingGroup group;

    RingSubject(ReceiveMode mode) {
        this(mode, options -> options, transport -> transport);
    }

    /**
     * A kernel thread submits, which falls asleep between the tests' steps now and then; some
     * connections have direct descriptors, and the others find no slot.
     */
    static RingSubject withEveryOption() {
        System.setProperty(MULTISHOT_ACCEPT, "false");
        System.setProperty(ZERO_COPY, "4096");
        return new RingSubject(
                ReceiveMode.AUTO,
                options ->
                        options.pollingIdle(Duration.ofMillis(1))
                                .minWait(Duration.ofNanos(50_000))
                                .bufferCountMax(256)
                                .zeroBuffers(true)
                                .directDescriptors(2)
                                .receiveBundles(true),
                transport -> transport);
    }

    /** Used through what {@code wrapper} makes of it. */
    RingSubject(ReceiveMode mode, UnaryOperator<Transport> wrapper) {
        this(mode, options -> options, wrapper);
    }

    private RingSubject(
            ReceiveMode mode,
            UnaryOperator<RingGroupOptions> change,
            UnaryOperator<Transport> wrapper) {
        Availability availability = UringNet.availability();
        assumeTrue(availability.isAvailable(), availability::toString);
        assumeTrue(
                mode != ReceiveMode.CREDIT || LinuxKernel.instance().features().receiveCredit(),
                "receive mode CREDIT needs Linux 6.17");
        this.group =
                RingGroup.create(
                        change.apply(
                                RingGroupOptions.defaults()
                                        .rings(2)
                                        .ring(new RingConfig(128, 512))
                                        .buffers(64, BUFFER_BYTES)
                                        .receiveMode(mode)));
        this.transport = wrapper.apply(group);
    }

    @Override
    public Transport transport() {
        return transport;
    }

    @Override
    public long heldBytesMax(ConnectionOptions options) {
        return options.windowBytes() + BUFFER_BYTES;
    }

    @Override
    public void expectNothingLeft() {
        if (!within(limit, () -> leftOver().isEmpty())) {
            throw new AssertionError("left: " + leftOver());
        }
    }

    private String leftOver() {
        List<String> found = new ArrayList<>();
        for (RingScheduler ring : group.rings()) {
            RingStatus status = Objects.requireNonNull(ring.status().block(limit));
            if (status.inFlight() != 0
                    || status.connections() != 0
                    || status.buffersOut() != 0
                    || status.lateCompletions() != 0) {
                found.add(ring + ": " + status);
            }
        }
        return String.join("; ", found);
    }

    @Override
    public void close() {
        System.clearProperty(MULTISHOT_ACCEPT);
        System.clearProperty(ZERO_COPY);
        group.disposeGracefully().block(limit);
    }
}
