// SPDX-License-Identifier: Apache-2.0
package io.uringreactive;

import io.uringreactive.sys.ring.Kernel;
import io.uringreactive.sys.ring.LinuxKernel;
import io.uringreactive.sys.ring.Ring;
import io.uringreactive.sys.ring.RingConfig;
import io.uringreactive.sys.ring.SubmissionPolling;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How many rings, and what each of them has. Immutable; {@link Settings} has units, defaults and
 * ranges.
 *
 * @param rings rings and threads
 * @param ring the size of one ring's queues
 * @param pollingIdle how long the kernel's thread that takes the SQEs of all rings of the group
 *     looks for more before it sleeps (IORING_SETUP_SQPOLL, one thread shared by ATTACH_WQ), by the
 *     millisecond; zero for no such thread
 * @param directDescriptors slots of each ring's table of direct descriptors, 0 for no table: a
 *     connection that gets none uses its plain descriptor
 * @param bufferCount provided buffers per ring, a power of two
 * @param bufferBytes the size of one
 * @param receiveMode how bounded demand is received
 * @param receiveBundles whether one CQE may bring several buffers, where the kernel does it soundly
 * @param profile what the kernel lets the rings do
 * @param kernel where the rings are opened; default the running one, tests use a simulated one
 */
public record RingGroupOptions(
        int rings,
        RingConfig ring,
        Duration pollingIdle,
        int directDescriptors,
        int bufferCount,
        int bufferBytes,
        ReceiveMode receiveMode,
        boolean receiveBundles,
        Profile profile,
        Kernel kernel) {
    /** Between one buffer and the next, see {@code BufferPool}; it counts towards their limit. */
    private static final long BUFFER_GAP_BYTES = 64;

    public RingGroupOptions {
        Settings.RINGS.require(rings);
        Settings.POLLING_IDLE.require(pollingIdle);
        Settings.DIRECT_DESCRIPTORS.require(directDescriptors);
        Settings.BUFFER_COUNT.require(bufferCount);
        Settings.BUFFER_BYTES.require(bufferBytes);
        if (Integer.bitCount(bufferCount) != 1) {
            throw new IllegalArgumentException(
                    "buffer-count must be a power of two: " + bufferCount);
        }
        if ((bufferBytes + BUFFER_GAP_BYTES) * bufferCount > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "all buffers of a ring together must stay below 2 GiB: "
                            + bufferCount
                            + " of "
                            + bufferBytes
                            + " bytes");
        }
    }

    public static RingGroupOptions defaults() {
        return new RingGroupOptions(
                Settings.RINGS.value(),
                new RingConfig(
                        Settings.SUBMISSION_ENTRIES.value(), Settings.COMPLETION_ENTRIES.value()),
                Settings.POLLING_IDLE.value(),
                Settings.DIRECT_DESCRIPTORS.value(),
                Settings.BUFFER_COUNT.value(),
                Settings.BUFFER_BYTES.value(),
                Settings.RECEIVE_MODE.value(),
                Settings.RECEIVE_BUNDLES.value(),
                Settings.PROFILE.value(),
                LinuxKernel.instance());
    }

    public RingGroupOptions rings(int value) {
        return new RingGroupOptions(
                value,
                ring,
                pollingIdle,
                directDescriptors,
                bufferCount,
                bufferBytes,
                receiveMode,
                receiveBundles,
                profile,
                kernel);
    }

    public RingGroupOptions ring(RingConfig value) {
        return new RingGroupOptions(
                rings,
                value,
                pollingIdle,
                directDescriptors,
                bufferCount,
                bufferBytes,
                receiveMode,
                receiveBundles,
                profile,
                kernel);
    }

    public RingGroupOptions pollingIdle(Duration value) {
        return new RingGroupOptions(
                rings,
                ring,
                value,
                directDescriptors,
                bufferCount,
                bufferBytes,
                receiveMode,
                receiveBundles,
                profile,
                kernel);
    }

    public RingGroupOptions directDescriptors(int value) {
        return new RingGroupOptions(
                rings,
                ring,
                pollingIdle,
                value,
                bufferCount,
                bufferBytes,
                receiveMode,
                receiveBundles,
                profile,
                kernel);
    }

    /** {@code count} provided buffers per ring, of {@code bytes} each. */
    public RingGroupOptions buffers(int count, int bytes) {
        return new RingGroupOptions(
                rings,
                ring,
                pollingIdle,
                directDescriptors,
                count,
                bytes,
                receiveMode,
                receiveBundles,
                profile,
                kernel);
    }

    public RingGroupOptions receiveMode(ReceiveMode value) {
        return new RingGroupOptions(
                rings,
                ring,
                pollingIdle,
                directDescriptors,
                bufferCount,
                bufferBytes,
                value,
                receiveBundles,
                profile,
                kernel);
    }

    public RingGroupOptions receiveBundles(boolean value) {
        return new RingGroupOptions(
                rings,
                ring,
                pollingIdle,
                directDescriptors,
                bufferCount,
                bufferBytes,
                receiveMode,
                value,
                profile,
                kernel);
    }

    public RingGroupOptions profile(Profile value) {
        return new RingGroupOptions(
                rings,
                ring,
                pollingIdle,
                directDescriptors,
                bufferCount,
                bufferBytes,
                receiveMode,
                receiveBundles,
                value,
                kernel);
    }

    public RingGroupOptions kernel(Kernel value) {
        return new RingGroupOptions(
                rings,
                ring,
                pollingIdle,
                directDescriptors,
                bufferCount,
                bufferBytes,
                receiveMode,
                receiveBundles,
                profile,
                value);
    }

    /** What the next ring of a group is opened with, of which {@code first} is open, or none. */
    RingConfig ringBeside(@Nullable Ring first) {
        if (pollingIdle.isZero()) {
            return ring;
        }
        int millis = (int) Math.max(1, pollingIdle.toMillis());
        SubmissionPolling polling = new SubmissionPolling(millis);
        return ring.withPolling(first == null ? polling : polling.sharedWith(first));
    }
}
