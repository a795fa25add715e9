// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The size of a ring, and what it does only where asked to.
 *
 * @param submissionEntries SQEs, a power of two
 * @param completionEntries CQEs, a power of two, at least twice the SQEs; an overflow loses nothing
 *     but costs time
 * @param registeredWait whether the wait's argument stands in memory that the kernel has mapped,
 *     where it can (Linux 6.13)
 * @param resizeKernels releases on which {@link Ring#resize} is allowed, none by default: {@code
 *     7.1} stands for {@code 7.1} and {@code 7.1.9-generic} and not for {@code 7.10}. Kernels up to
 *     7.0-rc7 used the old ring after it was freed when task work, a poll or an eventfd came at the
 *     wrong time (Linux commits 96189080265e, 177c69432161 and 61a11cf48127, of March 2026); name
 *     only releases that have them
 * @param polling the kernel's thread that submits, or null: whoever enters the ring does. Such a
 *     ring cannot be resized
 * @param busyPollMicros how long a wait asks the network cards of the ring's sockets for packets
 *     before it sleeps (NAPI, IORING_REGISTER_NAPI, Linux 6.9), in microseconds; 0 for not at all.
 *     Loopback has no such card
 */
public record RingConfig(
        int submissionEntries,
        int completionEntries,
        boolean registeredWait,
        Set<String> resizeKernels,
        @Nullable SubmissionPolling polling,
        int busyPollMicros) {
    public static final int SUBMISSION_ENTRIES_MIN = 8;
    public static final int SUBMISSION_ENTRIES_MAX = 32_768;

    public RingConfig {
        requirePowerOfTwo("submissionEntries", submissionEntries, SUBMISSION_ENTRIES_MAX);
        requirePowerOfTwo("completionEntries", completionEntries, 2 * SUBMISSION_ENTRIES_MAX);
        if (completionEntries < 2 * submissionEntries) {
            throw new IllegalArgumentException(
                    "completionEntries must be at least twice submissionEntries: "
                            + completionEntries
                            + " < 2 * "
                            + submissionEntries);
        }
        resizeKernels = Set.copyOf(resizeKernels);
        if (busyPollMicros < 0) {
            throw new IllegalArgumentException(
                    "busyPollMicros must not be negative: " + busyPollMicros);
        }
    }

    /** Of that size, with nothing that must be asked for. */
    public RingConfig(int submissionEntries, int completionEntries) {
        this(submissionEntries, completionEntries, false, Set.of(), null, 0);
    }

    private static void requirePowerOfTwo(String name, int value, int max) {
        if (value < SUBMISSION_ENTRIES_MIN || value > max || Integer.bitCount(value) != 1) {
            throw new IllegalArgumentException(
                    name + " must be a power of two from 8 to " + max + ": " + value);
        }
    }

    /** The same with a registered wait. */
    public RingConfig withRegisteredWait() {
        return new RingConfig(
                submissionEntries, completionEntries, true, resizeKernels, polling, busyPollMicros);
    }

    /** The same, to be resized on these kernels and no others. */
    public RingConfig withResizeOn(String... releases) {
        Set<String> allowed = Set.of(releases);
        return new RingConfig(
                submissionEntries,
                completionEntries,
                registeredWait,
                allowed,
                polling,
                busyPollMicros);
    }

    /** The same, whose SQEs the kernel takes by a thread of its own. */
    public RingConfig withPolling(SubmissionPolling value) {
        return new RingConfig(
                submissionEntries,
                completionEntries,
                registeredWait,
                resizeKernels,
                value,
                busyPollMicros);
    }

    /** The same, whose waits ask network cards for so many microseconds first. */
    public RingConfig withBusyPoll(int micros) {
        return new RingConfig(
                submissionEntries,
                completionEntries,
                registeredWait,
                resizeKernels,
                polling,
                micros);
    }

    /** The same with other sizes. */
    public RingConfig withEntries(int submission, int completion) {
        return new RingConfig(
                submission, completion, registeredWait, resizeKernels, polling, busyPollMicros);
    }

    /** The same with half of both, or this where that would be too small. */
    RingConfig halved() {
        return submissionEntries / 2 < 256
                ? this
                : withEntries(submissionEntries / 2, completionEntries / 2);
    }

    boolean mayResizeOn(SystemFacts facts) {
        // The kernel resizes rings with DEFER_TASKRUN alone, which polled ones have not.
        return polling == null && resizeKernels.stream().anyMatch(facts::isRelease);
    }
}
