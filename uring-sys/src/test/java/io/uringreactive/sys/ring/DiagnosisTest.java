// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.sys.abi.Errno;
import io.uringreactive.sys.ring.RingUnavailable.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole table of causes, without the machines that show them. */
class DiagnosisTest {
    private static final long KIB = 1024;

    @ParameterizedTest
    @CsvSource({
        // errno, release, io_uring_disabled, CAP_SYS_ADMIN, reason
        "EPERM,  6.18.1, 2, true,  SYSCTL",
        "EPERM,  6.18.1, 2, false, SYSCTL",
        "EPERM,  6.18.1, 1, false, SYSCTL",
        "EACCES, 6.18.1, 1, false, SYSCTL",
        "EPERM,  6.18.1, 1, true,  SECCOMP",
        "EPERM,  6.18.1, 0, false, SECCOMP",
        "EACCES, 6.18.1, 0, true,  SECCOMP",
        "ENOSYS, 6.18.1, 0, true,  SECCOMP",
        "ENOSYS, 6.1.0,  2, false, SECCOMP",
        "ENOMEM, 6.18.1, 0, false, MEMLOCK",
        "EMFILE, 6.18.1, 0, false, FILE_LIMIT",
        "ENFILE, 6.18.1, 0, false, FILE_LIMIT",
        "EINVAL, 6.18.1, 0, false, OTHER",
        "EFAULT, 7.0.0,  0, false, OTHER",
        // An old kernel comes before everything else: nothing else helps there.
        "EINVAL, 5.15.0, 0, false, KERNEL",
        "EPERM,  6.0.19, 2, false, KERNEL",
        "ENOSYS, 4.19.1, 0, true,  KERNEL",
        "ENOMEM, 5.4.0,  0, false, KERNEL"
    })
    void shouldFindTheReason(
            Errno errno, String release, int disabled, boolean sysAdmin, Reason reason) {
        SystemFacts facts = facts(release, disabled, 8192 * KIB, sysAdmin);
        RingUnavailable unavailable = Diagnosis.explain("io_uring_setup", -errno.number(), facts);
        assertEquals(reason, unavailable.reason());
        assertTrue(message(unavailable).contains("io_uring_setup failed with " + errno));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "EPERM  | 6.18.1 | 2 | kernel.io_uring_disabled is 2 | io_uring_disabled=0",
                "EPERM  | 6.18.1 | 1 | kernel.io_uring_disabled is 1 | kernel.io_uring_group",
                "EPERM  | 6.18.1 | 0 | seccomp filter | Allow io_uring_setup, io_uring_enter",
                "ENOSYS | 6.18.1 | 0 | built without io_uring | docker run --security-opt",
                "ENOMEM | 6.18.1 | 0 | limited to 64 KiB per user | Raise RLIMIT_MEMLOCK",
                "EMFILE | 6.18.1 | 0 | no file descriptor is left | Raise RLIMIT_NOFILE",
                "EINVAL | 5.15.0 | 0 | on Linux 5.15.0 | Run on Linux 6.1 or newer",
                "EINVAL | 6.18.1 | 0 | on Linux 6.18.1 | ./uring doctor"
            })
    void shouldNameCauseAndRemedy(
            Errno errno, String release, int disabled, String cause, String remedy) {
        SystemFacts facts = facts(release, disabled, 64 * KIB, false);
        RingUnavailable unavailable = Diagnosis.explain("io_uring_setup", -errno.number(), facts);
        assertTrue(message(unavailable).contains(cause), message(unavailable));
        assertTrue(unavailable.remedy().contains(remedy), unavailable.remedy());
        assertTrue(message(unavailable).endsWith(unavailable.remedy() + "."));
        assertTrue(message(unavailable).startsWith("io_uring is not available: "));
    }

    @Test
    void shouldNotBlameALimitThatIsNotThere() {
        SystemFacts facts = facts("6.18.1", 0, -1, true);
        RingUnavailable unavailable =
                Diagnosis.explain("io_uring_setup", -Errno.ENOMEM.number(), facts);
        assertTrue(message(unavailable).contains("unlimited"), message(unavailable));
    }

    @Test
    void shouldTellAnotherOperatingSystem() {
        SystemFacts mac = new SystemFacts("Mac OS X", "aarch64", "15.0", 0, -1, false);
        RingUnavailable unavailable = Diagnosis.notLinux(mac);
        assertEquals(Reason.NOT_LINUX, unavailable.reason());
        assertTrue(message(unavailable).contains("this is Mac OS X"), message(unavailable));
        assertTrue(unavailable.remedy().contains("Linux 6.1"));
    }

    @Test
    void shouldTellAnotherArchitecture() {
        SystemFacts risc = new SystemFacts("Linux", "riscv64", "6.18.0", 0, -1, false);
        assertTrue(!risc.supportedArchitecture());
        RingUnavailable unavailable = Diagnosis.architecture(risc);
        assertEquals(Reason.ARCHITECTURE, unavailable.reason());
        assertTrue(message(unavailable).contains("riscv64"), message(unavailable));
        assertTrue(unavailable.remedy().contains("x86-64"));
    }

    @Test
    void shouldTellDeniedNativeAccessAndBothWaysToGrantIt() {
        Throwable cause = new IllegalCallerException("Illegal native access from unnamed module");
        RingUnavailable unavailable = Diagnosis.nativeAccess(cause);
        assertEquals(Reason.NATIVE_ACCESS, unavailable.reason());
        assertSame(cause, unavailable.getCause());
        assertTrue(message(unavailable).contains("Illegal native access"));
        assertTrue(unavailable.remedy().contains("--enable-native-access=ALL-UNNAMED"));
        assertTrue(unavailable.remedy().contains("--enable-native-access=io.uringreactive.sys"));
    }

    private static SystemFacts facts(String release, int disabled, long memlock, boolean sysAdmin) {
        return new SystemFacts("Linux", "amd64", release, disabled, memlock, sysAdmin);
    }

    private static String message(RingUnavailable unavailable) {
        return String.valueOf(unavailable.getMessage());
    }
}
