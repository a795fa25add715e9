// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

import io.uringreactive.sys.abi.Errno;
import io.uringreactive.sys.ring.RingUnavailable.Reason;

/**
 * Tells why a ring could not be opened. A pure function of the error and of {@link SystemFacts}, so
 * that every case is tested without the machine that shows it.
 */
final class Diagnosis {
    private static final String ENABLE_NATIVE =
            "Start the JVM with --enable-native-access=ALL-UNNAMED (class path) or"
                    + " --enable-native-access=io.uringreactive.sys (module path)";

    static RingUnavailable notLinux(SystemFacts facts) {
        return new RingUnavailable(
                Reason.NOT_LINUX,
                "this is " + facts.osName() + ", io_uring is Linux's",
                "Run on Linux 6.1 or newer");
    }

    static RingUnavailable architecture(SystemFacts facts) {
        return new RingUnavailable(
                Reason.ARCHITECTURE,
                "the architecture " + facts.architecture() + " is not supported",
                "Run on x86-64 (amd64) or arm64 (aarch64) with a 64-bit JVM");
    }

    static RingUnavailable nativeAccess(Throwable cause) {
        return new RingUnavailable(
                Reason.NATIVE_ACCESS,
                "the JVM denies native access (" + cause.getMessage() + ")",
                ENABLE_NATIVE,
                cause);
    }

    /** Explains that {@code call} returned {@code result} ({@code -errno}). */
    static RingUnavailable explain(String call, int result, SystemFacts facts) {
        String failure = call + " failed with " + Errno.name(result);
        if (facts.kernelOlderThan(6, 1)) {
            return new RingUnavailable(
                    Reason.KERNEL,
                    failure + " on Linux " + facts.kernelRelease(),
                    "Run on Linux 6.1 or newer");
        }
        if (Errno.EPERM.is(result) || Errno.EACCES.is(result)) {
            return denied(failure, facts);
        }
        if (Errno.ENOSYS.is(result)) {
            return new RingUnavailable(
                    Reason.SECCOMP,
                    failure
                            + " on Linux "
                            + facts.kernelRelease()
                            + ": a seccomp filter answers so, or the kernel was built without"
                            + " io_uring",
                    seccompRemedy());
        }
        if (Errno.ENOMEM.is(result)) {
            return new RingUnavailable(
                    Reason.MEMLOCK,
                    failure + ": locked memory is limited to " + facts.memlockText(),
                    "Raise RLIMIT_MEMLOCK (ulimit -l, systemd LimitMEMLOCK=), grant CAP_IPC_LOCK,"
                            + " or use fewer rings or smaller ones");
        }
        if (Errno.EMFILE.is(result) || Errno.ENFILE.is(result)) {
            return new RingUnavailable(
                    Reason.FILE_LIMIT,
                    failure + ": no file descriptor is left",
                    "Raise RLIMIT_NOFILE (ulimit -n, systemd LimitNOFILE=) or fs.file-max");
        }
        return new RingUnavailable(
                Reason.OTHER,
                failure + " on Linux " + facts.kernelRelease(),
                "Report this with the output of ./uring doctor");
    }

    private static RingUnavailable denied(String failure, SystemFacts facts) {
        if (facts.ioUringDisabled() == 2) {
            return new RingUnavailable(
                    Reason.SYSCTL,
                    failure + ": kernel.io_uring_disabled is 2",
                    "Set it to 0: sysctl kernel.io_uring_disabled=0");
        }
        if (facts.ioUringDisabled() == 1 && !facts.sysAdmin()) {
            return new RingUnavailable(
                    Reason.SYSCTL,
                    failure + ": kernel.io_uring_disabled is 1",
                    "Set it to 0, or put the user into the group that kernel.io_uring_group names,"
                            + " or grant CAP_SYS_ADMIN");
        }
        return new RingUnavailable(
                Reason.SECCOMP,
                failure
                        + ": a seccomp filter or security module denies it, as container runtimes do",
                seccompRemedy());
    }

    private static String seccompRemedy() {
        return "Allow io_uring_setup, io_uring_enter and io_uring_register in the seccomp profile"
                + " (docker run --security-opt seccomp=profile.json, Kubernetes seccompProfile)";
    }

    private Diagnosis() {}
}
