// SPDX-License-Identifier: Apache-2.0
package io.uringreactive;

import java.time.Duration;
import java.util.List;

/**
 * Every setting there is, in the order of the options records that have them. {@code
 * docs/options.md} is made from this.
 */
public final class Settings {
    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;
    private static final int GIB = 1024 * MIB;
    private static final Duration MILLISECOND = Duration.ofMillis(1);

    // Net

    static final Setting<String> TRANSPORT =
            Setting.word(
                    "transport",
                    "auto",
                    "a transport's name, or auto",
                    "What Net runs on: auto is the best one available.");

    // RingGroupOptions

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

    static final Setting<Duration> POLLING_IDLE =
            Setting.time(
                    "polling-idle",
                    Duration.ZERO,
                    Duration.ZERO,
                    Duration.ofMinutes(1),
                    "How long a kernel thread that takes the SQEs of all rings of a group (SQPOLL) looks"
                            + " for more before it sleeps; a CPU is busy meanwhile. 0 for none.");

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

    static final Setting<Integer> BUFFER_BYTES =
            Setting.number(
                    "buffer-bytes",
                    "bytes",
                    8 * KIB,
                    64,
                    GIB,
                    "Size of a provided buffer; all of a ring together stay below 2 GiB.");

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

    // ListenOptions

    static final Setting<Integer> BACKLOG =
            Setting.number(
                    "backlog",
                    "connections",
                    4096,
                    1,
                    MIB,
                    "Connections that the kernel holds for accepting, per ring; bounded by"
                            + " net.core.somaxconn.");

    static final Setting<Duration> UNCLAIMED_TIMEOUT =
            Setting.limit(
                    "unclaimed-timeout",
                    Duration.ofSeconds(30),
                    MILLISECOND,
                    "After it a connection that was emitted and that nobody uses is aborted.");

    static final Setting<Boolean> MULTISHOT_ACCEPT =
            Setting.flag(
                    "multishot-accept",
                    true,
                    "Whether one SQE accepts connection after connection, or each needs its own.");

    static final Setting<Placement> PLACEMENT =
            Setting.choice(
                    "placement", Placement.KERNEL, "Which ring an accepted connection lives on.");

    // ConnectOptions

    static final Setting<Duration> CONNECT_TIMEOUT =
            Setting.limit(
                    "connect-timeout",
                    Duration.ofSeconds(10),
                    MILLISECOND,
                    "Until a connection is established, whatever the number of addresses.");

    static final Setting<Duration> ATTEMPT_DELAY =
            Setting.time(
                    "attempt-delay",
                    Duration.ofMillis(250),
                    Duration.ofMillis(10),
                    Duration.ofSeconds(2),
                    "How long one address of a host has before the next one is tried beside it"
                            + " (RFC 8305, section 5).");

    // SocketOptions

    static final Setting<Boolean> NO_DELAY =
            Setting.flag(
                    "no-delay",
                    true,
                    "TCP_NODELAY: small writes leave at once; they are gathered here already.");

    static final Setting<Boolean> KEEP_ALIVE =
            Setting.flag("keep-alive", false, "SO_KEEPALIVE: the kernel probes idle peers.");

    static final Setting<Integer> RECEIVE_BUFFER_BYTES =
            Setting.number(
                    "receive-buffer-bytes",
                    "bytes",
                    0,
                    0,
                    GIB,
                    "SO_RCVBUF; 0 leaves it to the kernel's own tuning.");

    static final Setting<Integer> SEND_BUFFER_BYTES =
            Setting.number(
                    "send-buffer-bytes",
                    "bytes",
                    0,
                    0,
                    GIB,
                    "SO_SNDBUF; 0 leaves it to the kernel's own tuning.");

    static final Setting<Integer> UNSENT_BYTES_MAX =
            Setting.number(
                    "unsent-bytes-max",
                    "bytes",
                    131_072,
                    0,
                    GIB,
                    "TCP_NOTSENT_LOWAT: a socket takes no more while it has so much that TCP has not sent, which"
                            + " bounds what slow peers cost; lifted when a peer has taken 512 KiB. 0 leaves it to the kernel.");

    // ConnectionOptions

    static final Setting<Integer> WINDOW_BYTES =
            Setting.number(
                    "window-bytes",
                    "bytes",
                    64 * KIB,
                    KIB,
                    GIB,
                    "How much may be received and not yet delivered, besides one buffer.");

    static final Setting<Integer> SEND_HIGH_WATER_BYTES =
            Setting.number(
                    "send-high-water-bytes",
                    "bytes",
                    64 * KIB,
                    1,
                    GIB,
                    "Above it a send requests no more of its publisher.");

    static final Setting<Duration> CLOSE_TIMEOUT =
            Setting.limit(
                    "close-timeout",
                    Duration.ofSeconds(5),
                    Duration.ZERO,
                    "How long a graceful close waits for the peer to take some of what is queued,"
                            + " again and again, and then for its end.");

    static final Setting<Integer> CLOSE_DISCARD_BYTES_MAX =
            Setting.number(
                    "close-discard-bytes-max",
                    "bytes",
                    16 * MIB,
                    0,
                    GIB,
                    "How much input a graceful close discards before it gives up on the peer's"
                            + " end.");

    /** The settings of one options record, or of {@link Net}. */
    public record Group(String record, List<Setting<?>> settings) {
        public Group {
            settings = List.copyOf(settings);
        }
    }

    public static List<Group> groups() {
        return List.of(
                new Group("Net", List.of(TRANSPORT)),
                new Group(
                        "RingGroupOptions",
                        List.of(
                                RINGS,
                                SUBMISSION_ENTRIES,
                                COMPLETION_ENTRIES,
                                POLLING_IDLE,
                                DIRECT_DESCRIPTORS,
                                BUFFER_COUNT,
                                BUFFER_BYTES,
                                RECEIVE_MODE,
                                RECEIVE_BUNDLES,
                                PROFILE)),
                new Group(
                        "ListenOptions",
                        List.of(BACKLOG, UNCLAIMED_TIMEOUT, MULTISHOT_ACCEPT, PLACEMENT)),
                new Group("ConnectOptions", List.of(CONNECT_TIMEOUT, ATTEMPT_DELAY)),
                new Group(
                        "SocketOptions",
                        List.of(
                                NO_DELAY,
                                KEEP_ALIVE,
                                RECEIVE_BUFFER_BYTES,
                                SEND_BUFFER_BYTES,
                                UNSENT_BYTES_MAX)),
                new Group(
                        "ConnectionOptions",
                        List.of(
                                WINDOW_BYTES,
                                SEND_HIGH_WATER_BYTES,
                                CLOSE_TIMEOUT,
                                CLOSE_DISCARD_BYTES_MAX)));
    }

    /** How many threads a transport has that nobody gave a number. */
    public static int threads() {
        return RINGS.value();
    }

    /** The name of the transport that {@link Net} takes, or {@code auto} for the best one. */
    public static String transport() {
        return TRANSPORT.value();
    }

    private Settings() {}
}
