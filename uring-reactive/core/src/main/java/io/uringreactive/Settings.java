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

    static final Setting<Integer> ACCEPTED_MAX =
            Setting.number(
                    "accepted-max",
                    "connections",
                    0,
                    0,
                    Integer.MAX_VALUE,
                    "Connections of a listener at a time, on all rings; those above wait unread, most of them in the"
                            + " backlog. 0 for no such limit.");

    static final Setting<Integer> ACCEPTS_PER_SECOND =
            Setting.number(
                    "accepts-per-second",
                    "connections",
                    0,
                    0,
                    1_000_000,
                    "How many a listener lets in on average, and in one second that follows a quiet one; the others"
                            + " wait. 0 for no such limit.");

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

    static final Setting<Duration> READ_IDLE_TIMEOUT =
            Setting.limit(
                    "read-idle-timeout",
                    Duration.ZERO,
                    Duration.ZERO,
                    "How long a peer may send nothing while it is waited for; then its connection is aborted. 0 for ever.");

    static final Setting<Integer> SEND_HIGH_WATER_BYTES =
            Setting.number(
                    "send-high-water-bytes",
                    "bytes",
                    64 * KIB,
                    1,
                    GIB,
                    "Above it a send requests no more of its publisher.");

    static final Setting<Integer> SEND_QUEUE_BYTES_MAX =
            Setting.number(
                    "send-queue-bytes-max",
                    "bytes",
                    0,
                    0,
                    GIB,
                    "When so much of a connection waits to be sent, a send that brings more fails. 0 for no such limit.");

    static final Setting<Duration> WRITE_IDLE_TIMEOUT =
            Setting.limit(
                    "write-idle-timeout",
                    Duration.ZERO,
                    Duration.ZERO,
                    "How long a peer may take nothing of what is ready for it; then its connection is aborted. 0 for ever.");

    static final Setting<Integer> ZERO_COPY_BYTES_MIN =
            Setting.number(
                    "zero-copy-bytes-min",
                    "bytes",
                    0,
                    0,
                    GIB,
                    "Sends whose buffers have so many bytes on average are not copied, where kernel (Linux 6.2) and"
                            + " network can do without. 0 for never.");

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
                new Group("RingGroupOptions", RingSettings.ALL),
                new Group(
                        "ListenOptions",
                        List.of(
                                BACKLOG,
                                UNCLAIMED_TIMEOUT,
                                MULTISHOT_ACCEPT,
                                ACCEPTED_MAX,
                                ACCEPTS_PER_SECOND,
                                PLACEMENT)),
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
                                READ_IDLE_TIMEOUT,
                                SEND_HIGH_WATER_BYTES,
                                SEND_QUEUE_BYTES_MAX,
                                WRITE_IDLE_TIMEOUT,
                                ZERO_COPY_BYTES_MIN,
                                CLOSE_TIMEOUT,
                                CLOSE_DISCARD_BYTES_MAX)));
    }

    /** How many threads a transport has that nobody gave a number. */
    public static int threads() {
        return RingSettings.RINGS.value();
    }

    /** The name of the transport that {@link Net} takes, or {@code auto} for the best one. */
    public static String transport() {
        return TRANSPORT.value();
    }

    private Settings() {}
}
