// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

/**
 * io_uring is not to be had here, or a ring of the wanted size is not. Says why and what to change.
 */
public final class RingUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What stands in the way. */
    public enum Reason {
        /** Not a Linux system. */
        NOT_LINUX,
        /** A machine whose system call numbers this library does not know. */
        ARCHITECTURE,
        /** The JVM denies this module native access. */
        NATIVE_ACCESS,
        /** The kernel lacks what this library builds on (Linux 6.1). */
        KERNEL,
        /** {@code kernel.io_uring_disabled} (Linux 6.6) says no. */
        SYSCTL,
        /** A seccomp filter or a security module denies the system call, as containers do. */
        SECCOMP,
        /** The user's locked memory is used up. */
        MEMLOCK,
        /** The process or the system has no file descriptor left. */
        FILE_LIMIT,
        /** None of the above. */
        OTHER
    }

    private final Reason reason;
    private final String explanation;
    private final String remedy;

    public RingUnavailable(Reason reason, String what, String remedy) {
        this(reason, what, remedy, null);
    }

    public RingUnavailable(
            Reason reason,
            String what,
            String remedy,
            @org.jspecify.annotations.Nullable Throwable cause) {
        super("io_uring is not available: " + what + ". " + remedy + ".", cause);
        this.reason = reason;
        this.explanation = "io_uring is not available: " + what;
        this.remedy = remedy;
    }

    public Reason reason() {
        return reason;
    }

    /** What was found, as one sentence without its full stop. */
    public String explanation() {
        return explanation;
    }

    /** What to change, as one sentence without its full stop. */
    public String remedy() {
        return remedy;
    }
}
