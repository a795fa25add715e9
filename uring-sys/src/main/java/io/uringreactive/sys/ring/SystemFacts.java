// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

import io.uringreactive.sys.libc.Calls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the system says of itself.
 *
 * @param ioUringDisabled {@code kernel.io_uring_disabled} (Linux 6.6): 0, 1 or 2; 0 where there is
 *     no such setting
 * @param memlockBytes RLIMIT_MEMLOCK, -1 for unlimited
 * @param sysAdmin whether the process has CAP_SYS_ADMIN, which lifts {@code ioUringDisabled} 1
 */
public record SystemFacts(
        String osName,
        String architecture,
        String kernelRelease,
        int ioUringDisabled,
        long memlockBytes,
        boolean sysAdmin) {

    private static final Path DISABLED = Path.of("/proc/sys/kernel/io_uring_disabled");

    /** As many digits as an int holds; a longer number is no version. */
    private static final Pattern VERSION = Pattern.compile("([0-9]{1,9})\\.([0-9]{1,9})(?![0-9])");

    /** Of the system that this JVM runs on; reads only what exists, calls nothing off Linux. */
    public static SystemFacts read() {
        String os = System.getProperty("os.name");
        boolean linux = os.equals("Linux");
        return new SystemFacts(
                os,
                System.getProperty("os.arch"),
                System.getProperty("os.version"),
                linux ? readInt(DISABLED) : 0,
                linux ? Calls.softLimit(Calls.RLIMIT_MEMLOCK) : -1,
                linux && Capabilities.read().has(Capabilities.SYS_ADMIN));
    }

    private static int readInt(Path file) {
        try {
            return Files.exists(file) ? Integer.parseInt(Files.readString(file).strip()) : 0;
        } catch (IOException | NumberFormatException e) {
            // A hidden or masked /proc tells nothing; the error of the call itself still does.
            return 0;
        }
    }

    boolean supportedArchitecture() {
        return architecture.equals("amd64") || architecture.equals("aarch64");
    }

    /** False where the release cannot be read as a version: the kernel's answers decide then. */
    boolean kernelOlderThan(int major, int minor) {
        Matcher version = VERSION.matcher(kernelRelease);
        if (!version.lookingAt()) {
            return false;
        }
        int itsMajor = Integer.parseInt(version.group(1));
        int itsMinor = Integer.parseInt(version.group(2));
        return itsMajor < major || (itsMajor == major && itsMinor < minor);
    }

    /** Whether this is {@code release} or a build of it: {@code 6.18} or {@code 6.18.4-generic}. */
    boolean isRelease(String release) {
        return kernelRelease.startsWith(release)
                && (kernelRelease.length() == release.length()
                        || !Character.isDigit(kernelRelease.charAt(release.length())));
    }

    String memlockText() {
        return memlockBytes < 0 ? "nothing (unlimited)" : memlockBytes / 1024 + " KiB per user";
    }
}
