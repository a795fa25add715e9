package io.uringreactive.sys.abi;

/** Operations of io_uring_register(2) that this library uses ({@code IORING_REGISTER_*}). */
public final class RegisterOps {
    /** Linux 5.6. */
    public static final int PROBE = 8;

    /** Linux 5.10: what a disabled ring will be allowed, see {@link RestrictionOps}. */
    public static final int RESTRICTIONS = 11;

    /** Linux 5.10. */
    public static final int ENABLE_RINGS = 12;

    /** Linux 5.15. */
    public static final int IOWQ_MAX_WORKERS = 19;

    /** Linux 5.18. */
    public static final int RING_FDS = 20;

    /** Linux 5.18. */
    public static final int UNREGISTER_RING_FDS = 21;

    /** Linux 5.19. */
    public static final int PBUF_RING = 22;

    /** Linux 5.19. */
    public static final int UNREGISTER_PBUF_RING = 23;

    private RegisterOps() {}
}
