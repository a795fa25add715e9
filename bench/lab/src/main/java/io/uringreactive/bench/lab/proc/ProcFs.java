// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.proc;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/** Reads {@code /proc}. A process or thread that ends while it is read counts as nothing. */
public final class ProcFs {
    /** USER_HZ: 100 on every architecture that Java 25 runs on. */
    public static final long TICKS_PER_SECOND = 100;

    private static final Path ROOT = Path.of("/proc");
    private static final Pattern BLANK = Pattern.compile("\\s+");

    public static CpuTicks cpu(long pid) {
        return read(ROOT.resolve(pid + "/stat")).map(CpuTicks::parse).orElse(CpuTicks.NONE);
    }

    public static CpuTicks cpu(Collection<Long> pids) {
        return pids.stream().map(ProcFs::cpu).reduce(CpuTicks.NONE, CpuTicks::plus);
    }

    public static CoreTicks cores(Cores cores) {
        return CoreTicks.parse(readExisting("stat"), cores);
    }

    public static Switches switches(Collection<Long> pids) {
        Switches sum = Switches.NONE;
        for (long pid : pids) {
            for (long thread : threads(pid)) {
                Path status = ROOT.resolve(pid + "/task/" + thread + "/status");
                sum = sum.plus(read(status).map(Switches::parse).orElse(Switches.NONE));
            }
        }
        return sum;
    }

    public static long residentBytes(Collection<Long> pids) {
        return pids.stream()
                .flatMap(pid -> read(ROOT.resolve(pid + "/status")).stream())
                .flatMap(status -> StatusFile.residentBytes(status).stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    /**
     * Nanoseconds that the living threads have run, the first field of their {@code schedstat};
     * finer than ticks. Nothing where the kernel does not keep them.
     */
    public static OptionalLong runNanos(Collection<Long> pids) {
        long sum = 0;
        for (long pid : pids) {
            for (long thread : threads(pid)) {
                Optional<String> line = read(ROOT.resolve(pid + "/task/" + thread + "/schedstat"));
                sum += line.map(text -> Long.parseLong(BLANK.split(text, 2)[0])).orElse(0L);
            }
        }
        return sum == 0 ? OptionalLong.empty() : OptionalLong.of(sum);
    }

    /** How many files this process may have open. */
    public static long openFilesMax() {
        return LimitsFile.openFiles(readExisting("self/limits"));
    }

    /**
     * How many ports the kernel gives to clients, for each address and port that they connect to.
     */
    public static int localPorts() {
        byte[] bytes = new byte[64];
        int count;
        // In one read: a second one of numbers below /proc/sys finds the end, whatever the first
        // took.
        try (InputStream in =
                Files.newInputStream(ROOT.resolve("sys/net/ipv4/ip_local_port_range"))) {
            count = in.read(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String[] range = BLANK.split(new String(bytes, 0, count, US_ASCII).strip(), -1);
        return Integer.parseInt(range[1]) - Integer.parseInt(range[0]) + 1;
    }

    /** Whether a debugger, strace for instance, is attached to every thread. */
    public static boolean traced(long pid) {
        List<Long> threads = threads(pid);
        return !threads.isEmpty()
                && threads.stream()
                        .flatMap(id -> read(ROOT.resolve(pid + "/task/" + id + "/status")).stream())
                        .allMatch(status -> StatusFile.number(status, "TracerPid").orElse(0L) > 0);
    }

    /** The kernel's threads that do the network's left-over work of these cores. */
    public static List<Long> softIrqThreads(Cores cores) {
        List<String> names =
                cores.numbers().stream().map(core -> "ksoftirqd/" + core + "\n").toList();
        return numbers(ROOT)
                .filter(
                        pid ->
                                read(ROOT.resolve(pid + "/comm"))
                                        .filter(names::contains)
                                        .isPresent())
                .boxed()
                .toList();
    }

    /** A file of all of {@code /proc}, such as cpuinfo. */
    public static String readExisting(String name) {
        return read(ROOT.resolve(name))
                .orElseThrow(() -> new IllegalStateException("/proc/" + name + " is missing"));
    }

    private static List<Long> threads(long pid) {
        return numbers(ROOT.resolve(pid + "/task")).boxed().toList();
    }

    private static LongStream numbers(Path folder) {
        List<Long> numbers = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "[0-9]*")) {
            entries.forEach(entry -> numbers.add(Long.parseLong(entry.getFileName().toString())));
        } catch (NoSuchFileException e) {
            return LongStream.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return numbers.stream().mapToLong(Long::longValue);
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            // ESRCH: it ended between open and read.
            if (!Files.exists(file.getParent())) {
                return Optional.empty();
            }
            throw new UncheckedIOException(e);
        }
    }

    private ProcFs() {}
}
