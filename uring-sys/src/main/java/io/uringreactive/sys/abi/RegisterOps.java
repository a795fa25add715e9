// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.abi;

/** Operations of io_uring_register(2) ({@code IORING_REGISTER_*}, {@code IORING_UNREGISTER_*}). */
public final class RegisterOps {
    @SinceLinux("5.1")
    public static final int BUFFERS = 0;

    @SinceLinux("5.1")
    public static final int UNREGISTER_BUFFERS = 1;

    @SinceLinux("5.1")
    public static final int FILES = 2;

    @SinceLinux("5.1")
    public static final int UNREGISTER_FILES = 3;

    @SinceLinux("5.2")
    public static final int EVENTFD = 4;

    @SinceLinux("5.2")
    public static final int UNREGISTER_EVENTFD = 5;

    @SinceLinux("5.5")
    public static final int FILES_UPDATE = 6;

    @SinceLinux("5.6")
    public static final int EVENTFD_ASYNC = 7;

    @SinceLinux("5.6")
    public static final int PROBE = 8;

    @SinceLinux("5.6")
    public static final int PERSONALITY = 9;

    @SinceLinux("5.6")
    public static final int UNREGISTER_PERSONALITY = 10;

    /** What a disabled ring will be allowed, see {@link RestrictionOps}. */
    @SinceLinux("5.10")
    public static final int RESTRICTIONS = 11;

    @SinceLinux("5.10")
    public static final int ENABLE_RINGS = 12;

    @SinceLinux("5.13")
    public static final int FILES2 = 13;

    @SinceLinux("5.13")
    public static final int FILES_UPDATE2 = 14;

    @SinceLinux("5.13")
    public static final int BUFFERS2 = 15;

    @SinceLinux("5.13")
    public static final int BUFFERS_UPDATE = 16;

    @SinceLinux("5.14")
    public static final int IOWQ_AFF = 17;

    @SinceLinux("5.14")
    public static final int UNREGISTER_IOWQ_AFF = 18;

    @SinceLinux("5.15")
    public static final int IOWQ_MAX_WORKERS = 19;

    @SinceLinux("5.18")
    public static final int RING_FDS = 20;

    @SinceLinux("5.18")
    public static final int UNREGISTER_RING_FDS = 21;

    @SinceLinux("5.19")
    public static final int PBUF_RING = 22;

    @SinceLinux("5.19")
    public static final int UNREGISTER_PBUF_RING = 23;

    @SinceLinux("6.0")
    public static final int SYNC_CANCEL = 24;

    @SinceLinux("6.0")
    public static final int FILE_ALLOC_RANGE = 25;

    @SinceLinux("6.8")
    public static final int PBUF_STATUS = 26;

    @SinceLinux("6.9")
    public static final int NAPI = 27;

    @SinceLinux("6.9")
    public static final int UNREGISTER_NAPI = 28;

    @SinceLinux("6.12")
    public static final int CLOCK = 29;

    @SinceLinux("6.12")
    public static final int CLONE_BUFFERS = 30;

    @SinceLinux("6.13")
    public static final int SEND_MSG_RING = 31;

    @SinceLinux("6.15")
    public static final int ZCRX_IFQ = 32;

    @SinceLinux("6.13")
    public static final int RESIZE_RINGS = 33;

    @SinceLinux("6.13")
    public static final int MEM_REGION = 34;

    @SinceLinux("6.18")
    public static final int QUERY = 35;

    @SinceLinux("6.19")
    public static final int ZCRX_CTRL = 36;

    @SinceLinux("7.0")
    public static final int BPF_FILTER = 37;

    /** Beside an operation: the descriptor is an index from {@link #RING_FDS}. */
    @SinceLinux("6.3")
    public static final int USE_REGISTERED_RING = 1 << 31;

    private RegisterOps() {}
}
