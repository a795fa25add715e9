// SPDX-License-Identifier: Apache-2.0
package io.uringreactive;

import java.time.Duration;
import java.util.List;

/** The settings of {@link RingGroupOptions}. */
final class RingSettings {
    private static final int KIB = 1024;
    private static final int GIB = 1024 * 1024 * KIB;

    static final Setting<Integer> RINGS =
            Setting.number(
                    "rings",
                    "rings",
                    () -> Runtime.getRuntime().availableProcessors(),
                    "available processors",
                    1,
                    1024,
                    "Rings of a group, each with a thread of its own.");

    static final Setting<Integer> SUBMISSION_ENTRIES =
            Setting.number(
                    "submission-entries",
                    "SQEs",
                    1024,
                    8,
                    32_768,
                    "Size of a ring's submission queue, a power of two.");

    static final Setting<Integer> COMPLETION_ENTRIES =
            Setting.number(
                    "completion-entries",
                    "CQEs",
                    8192,
                    16,
                    65_536,
                    "Size of a ring's completion queue, a power of two, at least twice the"
                            + " submission queue. An overflow loses nothing but costs time.");

    static final Setting<Integer> COMPLETION_ENTRIES_MAX =
            Setting.number(
                    "completion-entries-max",
                    "CQEs",
                    0,
                    0,
                    65_536,
                    "What a completion queue that overflows may grow to, a power of two, on the kernels of"
                            + " resize-kernels (Linux 6.13). 0 for no growth.");

    static final Setting<String> RESIZE_KERNELS =
            Setting.word(
                    "resize-kernels",
                    "none",
                    "releases, separated by commas, or none",
                    "Kernels on which queues may grow: 7.1 stands for 7.1.9 too. Before 7.0 some use memory after they have"
                            + " freed it.");

    static final Setting<Duration> MIN_WAIT =
            Setting.time(
                    "min-wait",
                    Duration.ZERO,
                    Duration.ZERO,
                    Duration.ofSeconds(1),
                    "Under load, how long a ring waits for as many CQEs as it had before, once it has one; what"
                            + " other threads bring may wait as long (Linux 6.12). 0 for no such wait.");

    static final Setting<Duration> BUSY_POLL =
            Setting.time(
                    "busy-poll",
                    Duration.ZERO,
                    Duration.ZERO,
                    Duration.ofSeconds(1),
                    "How long a ring that waits asks the network cards for packets before it sleeps (NAPI, Linux 6.9)."
                            + " 0 for not at all.");

    static final Setting<Duration> POLLING_IDLE =
            Setting.time(
                    "polling-idle",
                    Duration.ZERO,
                    Duration.ZERO,
                    Duration.ofMinutes(1),
                    "How long a kernel thread that takes the SQEs of all rings of a group (SQPOLL) looks"
                            + " for more before it sleeps; a CPU is busy meanwhile. 0 for none.");

    static final Setting<Duration> BLOCKED_AFTER =
            Setting.time(
                    "blocked-after",
                    Duration.ofSeconds(2),
                    Duration.ZERO,
                    Duration.ofHours(1),
                    "How long a ring may run one turn before that is reported, with the stack of what blocks it."
                            + " 0 for no report.");

    static final Setting<Integer> DIRECT_DESCRIPTORS =
            Setting.number(
                    "direct-descriptors",
                    "slots",
                    0,
                    0,
                    1_048_576,
                    "Size of a ring's table of direct descriptors, at most RLIMIT_NOFILE (Linux 6.13);"
                            + " a connection without a free slot uses its plain one. 0 for none.");

    static final Setting<Integer> BUFFER_COUNT =
            Setting.number(
                    "buffer-count",
                    "buffers",
                    1024,
                    1,
                    32_768,
                    "Provided buffers of a ring, a power of two.");

    static final Setting<Integer> BUFFER_COUNT_MAX =
            Setting.number(
                    "buffer-count-max",
                    "buffers",
                    0,
                    0,
                    32_768,
                    "How many a ring may come to have when they run low, a power of two. 0 for no more than at first.");

    static final Setting<Integer> BUFFER_BYTES =
            Setting.number(
                    "buffer-bytes",
                    "bytes",
                    8 * KIB,
                    64,
                    GIB,
                    "Size of a provided buffer; all of a ring together stay below 2 GiB.");

    static final Setting<Boolean> ZERO_BUFFERS =
            Setting.flag(
                    "zero-buffers",
                    false,
                    "Whether what a provided buffer held is overwritten with zeros when it is released.");

    static final Setting<ReceiveMode> RECEIVE_MODE =
            Setting.choice(
                    "receive-mode", ReceiveMode.AUTO, "How bounded demand reaches the kernel.");

    static final Setting<Boolean> RECEIVE_BUNDLES =
            Setting.flag(
                    "receive-bundles",
                    false,
                    "Whether one CQE may bring several buffers, where sound (Linux 6.15).");

    static final Setting<Profile> PROFILE =
            Setting.choice(
                    "profile",
                    Profile.NETWORK,
                    "What the kernel lets a ring do; it refuses the rest.");

    static final List<Setting<?>> ALL =
            List.of(
                    RINGS,
                    SUBMISSION_ENTRIES,
                    COMPLETION_ENTRIES,
                    COMPLETION_ENTRIES_MAX,
                    RESIZE_KERNELS,
                    MIN_WAIT,
                    BUSY_POLL,
                    POLLING_IDLE,
                    BLOCKED_AFTER,
                    DIRECT_DESCRIPTORS,
                    BUFFER_COUNT,
                    BUFFER_COUNT_MAX,
                    BUFFER_BYTES,
                    ZERO_BUFFERS,
                    RECEIVE_MODE,
                    RECEIVE_BUNDLES,
                    PROFILE);

    private RingSettings() {}
}
