// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What this process holds, as proc(5) tells. */
final class ProcSelf {
    private static final int CAP_IPC_LOCK = 14;

    /**
     * Descriptors of rings and of eventfds. Others are not counted: the JVM opens and closes files
     * of its own at any time.
     */
    static long ringDescriptors() {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors
                    .map(ProcSelf::target)
                    .filter(target -> target.matches("anon_inode:\\[(io_uring|eventfd)]"))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Mappings of rings. */
    static long ringMappings() {
        return lines("/proc/self/maps").stream().filter(line -> line.contains("io_uring")).count();
    }

    /** The size of the address space in KiB. */
    static long virtualKib() {
        return lines("/proc/self/status").stream()
                .filter(line -> line.startsWith("VmSize:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .sum();
    }

    /** Whether RLIMIT_MEMLOCK does not hold for this process: capabilities(7), CAP_IPC_LOCK. */
    static boolean mayLockMemory() {
        return lines("/proc/self/status").stream()
                .filter(line -> line.startsWith("CapEff:"))
                .map(line -> line.substring("CapEff:".length()).strip())
                .anyMatch(mask -> (Long.parseUnsignedLong(mask, 16) & (1L << CAP_IPC_LOCK)) != 0);
    }

    /** Threads whose name begins with {@code name}; the kernel's own for this process count. */
    static long threads(String name) {
        try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
            return tasks.filter(task -> nameOf(task).startsWith(name)).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String nameOf(Path task) {
        try {
            return Files.readString(task.resolve("comm"));
        } catch (IOException e) {
            // Ended between the listing and the look.
            return "";
        }
    }

    private static List<String> lines(String file) {
        try {
            return Files.readAllLines(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            // Closed between the listing and the look.
            return "";
        }
    }

    private ProcSelf() {}
}
