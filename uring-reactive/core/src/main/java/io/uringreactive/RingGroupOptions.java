// SPDX-License-Identifier: Apache-2.0
package io.uringreactive;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.uringreactive.sys.abi.RegisterOps;
import io.uringreactive.sys.ring.Kernel;
import io.uringreactive.sys.ring.LinuxKernel;
import io.uringreactive.sys.ring.Ring;
import io.uringreactive.sys.ring.RingConfig;
import io.uringreactive.sys.ring.RingRestrictions;
import io.uringreactive.sys.ring.SubmissionPolling;
import java.time.Duration;
import java.util.BitSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How many rings, and what each of them has. Immutable; {@link Settings} has units, defaults and
 * ranges.
 *
 * @param rings rings and threads
 * @param ring the size of one ring's queues
 * @param completionEntriesMax CQEs, a power of two, that a completion queue may grow to where
 *     {@link RingConfig#resizeKernels()} allow it; 0 for no growth
 * @param minWait under load, how long a ring that has one CQE waits for as many as it had before
 *     (Linux 6.12), by the microsecond; what other threads bring may wait as long. Zero for no such
 *     wait
 * @param pollingIdle how long the kernel's thread that takes the SQEs of all rings of the group
 *     looks for more before it sleeps (IORING_SETUP_SQPOLL, one thread shared by ATTACH_WQ), by the
 *     millisecond; zero for no such thread
 * @param blockedAfter how long a ring may run one turn before that is reported, at WARN and once,
 *     with the stack of what blocks it; zero for no report. Only rings of {@link LinuxKernel} are
 *     watched
 * @param directDescriptors slots of each ring's table of direct descriptors, 0 for no table: a
 *     connection that gets none uses its plain descriptor
 * @param bufferCount provided buffers per ring, a power of two
 * @param bufferCountMax how many a ring may come to have when they run low, a power of two; 0 for
 *     no more than at first
 * @param bufferBytes the size of one
 * @param zeroBuffers whether what a buffer held is overwritten with zeros when it is released
 * @param receiveMode how bounded demand is received
 * @param receiveBundles whether one CQE may bring several buffers, where the kernel does it soundly
 * @param profile what the kernel lets the rings do
 * @param kernel where the rings are opened; default the running one, tests use a simulated one
 */
public record RingGroupOptions(
        int rings,
        RingConfig ring,
        int completionEntriesMax,
        Duration minWait,
        Duration pollingIdle,
        Duration blockedAfter,
        int directDescriptors,
        int bufferCount,
        int bufferCountMax,
        int bufferBytes,
        boolean zeroBuffers,
        ReceiveMode receiveMode,
        boolean receiveBundles,
        Profile profile,
        Kernel kernel) {
    /** Between one buffer and the next, see {@code BufferPool}; it counts towards their limit. */
    private static final long BUFFER_GAP_BYTES = 64;

    public RingGroupOptions {
        RingSettings.RINGS.require(rings);
        RingSettings.COMPLETION_ENTRIES_MAX.require(completionEntriesMax);
        RingSettings.MIN_WAIT.require(minWait);
        RingSettings.POLLING_IDLE.require(pollingIdle);
        RingSettings.BLOCKED_AFTER.require(blockedAfter);
        RingSettings.DIRECT_DESCRIPTORS.require(directDescriptors);
        RingSettings.BUFFER_COUNT.require(bufferCount);
        RingSettings.BUFFER_COUNT_MAX.require(bufferCountMax);
        RingSettings.BUFFER_BYTES.require(bufferBytes);
        requirePowerOfTwo("buffer-count", bufferCount);
        if (bufferCountMax > 0) {
            requirePowerOfTwo("buffer-count-max", bufferCountMax);
        }
        if (completionEntriesMax > 0) {
            requirePowerOfTwo("completion-entries-max", completionEntriesMax);
        }
        int most = Math.max(bufferCount, bufferCountMax);
        if ((bufferBytes + BUFFER_GAP_BYTES) * most > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "all buffers of a ring together must stay below 2 GiB: "
                            + most
                            + " of "
                            + bufferBytes
                            + " bytes");
        }
    }

    private static void requirePowerOfTwo(String name, int value) {
        if (Integer.bitCount(value) != 1) {
            throw new IllegalArgumentException(name + " must be a power of two: " + value);
        }
    }

    public static RingGroupOptions defaults() {
        return new RingGroupOptions(
                RingSettings.RINGS.value(),
                queues(),
                RingSettings.COMPLETION_ENTRIES_MAX.value(),
                RingSettings.MIN_WAIT.value(),
                RingSettings.POLLING_IDLE.value(),
                RingSettings.BLOCKED_AFTER.value(),
                RingSettings.DIRECT_DESCRIPTORS.value(),
                RingSettings.BUFFER_COUNT.value(),
                RingSettings.BUFFER_COUNT_MAX.value(),
                RingSettings.BUFFER_BYTES.value(),
                RingSettings.ZERO_BUFFERS.value(),
                RingSettings.RECEIVE_MODE.value(),
                RingSettings.RECEIVE_BUNDLES.value(),
                RingSettings.PROFILE.value(),
                LinuxKernel.instance());
    }

    private static RingConfig queues() {
        String resizeKernels = RingSettings.RESIZE_KERNELS.value();
        RingConfig config =
                new RingConfig(
                                RingSettings.SUBMISSION_ENTRIES.value(),
                                RingSettings.COMPLETION_ENTRIES.value())
                        .withBusyPoll(
                                (int)
                                        NANOSECONDS.toMicros(
                                                RingSettings.BUSY_POLL.value().toNanos()));
        return "none".equals(resizeKernels)
                ? config
                : config.withResizeOn(resizeKernels.strip().split("\\s*,\\s*"));
    }

    public RingGroupOptions rings(int value) {
        return with(draft -> draft.rings = value);
    }

    public RingGroupOptions ring(RingConfig value) {
        return with(draft -> draft.ring = value);
    }

    public RingGroupOptions completionEntriesMax(int value) {
        return with(draft -> draft.completionEntriesMax = value);
    }

    public RingGroupOptions minWait(Duration value) {
        return with(draft -> draft.minWait = value);
    }

    public RingGroupOptions pollingIdle(Duration value) {
        return with(draft -> draft.pollingIdle = value);
    }

    public RingGroupOptions blockedAfter(Duration value) {
        return with(draft -> draft.blockedAfter = value);
    }

    public RingGroupOptions directDescriptors(int value) {
        return with(draft -> draft.directDescriptors = value);
    }

    /** {@code count} provided buffers per ring, of {@code bytes} each. */
    public RingGroupOptions buffers(int count, int bytes) {
        return with(
                draft -> {
                    draft.bufferCount = count;
                    draft.bufferBytes = bytes;
                });
    }

    public RingGroupOptions bufferCountMax(int value) {
        return with(draft -> draft.bufferCountMax = value);
    }

    public RingGroupOptions zeroBuffers(boolean value) {
        return with(draft -> draft.zeroBuffers = value);
    }

    public RingGroupOptions receiveMode(ReceiveMode value) {
        return with(draft -> draft.receiveMode = value);
    }

    public RingGroupOptions receiveBundles(boolean value) {
        return with(draft -> draft.receiveBundles = value);
    }

    public RingGroupOptions profile(Profile value) {
        return with(draft -> draft.profile = value);
    }

    public RingGroupOptions kernel(Kernel value) {
        return with(draft -> draft.kernel = value);
    }

    /** What the kernel is to hold the rings to: the profile, and what the options need on top. */
    RingRestrictions restrictions() {
        RingRestrictions restrictions = profile.restrictions();
        if (completionEntriesMax == 0) {
            return restrictions;
        }
        BitSet resize = new BitSet();
        resize.set(RegisterOps.RESIZE_RINGS);
        return restrictions.and(RingRestrictions.to(new BitSet(), 0, resize));
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

    private RingGroupOptions with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.build();
    }

    /** What a changed copy is made of. */
    private static final class Draft {
        private int rings;
        private RingConfig ring;
        private int completionEntriesMax;
        private Duration minWait;
        private Duration pollingIdle;
        private Duration blockedAfter;
        private int directDescriptors;
        private int bufferCount;
        private int bufferCountMax;
        private int bufferBytes;
        private boolean zeroBuffers;
        private ReceiveMode receiveMode;
        private boolean receiveBundles;
        private Profile profile;
        private Kernel kernel;

        Draft(RingGroupOptions options) {
            rings = options.rings;
            ring = options.ring;
            completionEntriesMax = options.completionEntriesMax;
            minWait = options.minWait;
            pollingIdle = options.pollingIdle;
            blockedAfter = options.blockedAfter;
            directDescriptors = options.directDescriptors;
            bufferCount = options.bufferCount;
            bufferCountMax = options.bufferCountMax;
            bufferBytes = options.bufferBytes;
            zeroBuffers = options.zeroBuffers;
            receiveMode = options.receiveMode;
            receiveBundles = options.receiveBundles;
            profile = options.profile;
            kernel = options.kernel;
        }

        RingGroupOptions build() {
            return new RingGroupOptions(
                    rings,
                    ring,
                    completionEntriesMax,
                    minWait,
                    pollingIdle,
                    blockedAfter,
                    directDescriptors,
                    bufferCount,
                    bufferCountMax,
                    bufferBytes,
                    zeroBuffers,
                    receiveMode,
                    receiveBundles,
                    profile,
                    kernel);
        }
    }
}
