// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.sys.libc.Calls;
import io.uringreactive.sys.testing.Programs;
import io.uringreactive.sys.testing.SourceTree;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The diagnosis against real denials: JVMs under seccomp, without memory, descriptors, access. */
class ConfinementTest {
    private static final String ENABLE_NATIVE = "--enable-native-access=ALL-UNNAMED";

    @TempDir static Path directory;

    /** Compiles the program that confines another one; done once, it takes longer than a JVM. */
    @BeforeAll
    static void compile() {
        Path source = SourceTree.root().resolve("uring-sys/src/test/c/confine.c");
        Programs.Outcome outcome =
                Programs.run(
                        List.of(
                                Programs.gcc().toString(),
                                "-Wall",
                                "-Wextra",
                                "-Werror",
                                "-o",
                                directory.resolve("confine").toString(),
                                source.toString()));
        assertEquals(0, outcome.exit(), outcome.output());
    }

    @Test
    void shouldBlameSeccompForEperm() {
        String output = confined(List.of("--deny-setup", "1"), "features");
        assertLines(output, "SECCOMP", "EPERM", "seccompProfile");
    }

    @Test
    void shouldBlameSeccompForEnosys() {
        String output = confined(List.of("--deny-setup", "38"), "features");
        assertLines(output, "SECCOMP", "ENOSYS", "seccompProfile");
    }

    @Test
    void shouldLeaveNothingBehindWhenTheProbeIsDenied() {
        String output = confined(List.of("--deny-register", "1"), "retry");
        assertTrue(output.contains("IORING_REGISTER_PROBE failed with EPERM"), output);
        assertTrue(output.contains("descriptors 0\nmappings 0\n"), output);
    }

    @Test
    void shouldWorkWithNothingDenied() {
        String output = confined(List.of(), "features");
        assertEquals(2, output.lines().filter(line -> line.startsWith("granted {0,")).count());
    }

    /** Kernels 5.12 to 6.13 lock a ring's memory without asking. */
    private static void requireCharges() {
        Assumptions.assumeFalse(
                SystemFacts.read().kernelOlderThan(6, 14),
                "missing kernel feature: rings are charged to RLIMIT_MEMLOCK (Linux 6.14)");
    }

    @Test
    void shouldBlameMemlockWhereNoMemoryMayBeLocked() {
        requireCharges();
        String output = confined(List.of("--no-ipc-lock", "--memlock", "0"), "open", "8");
        assertTrue(output.startsWith("MEMLOCK | "), output);
        assertTrue(output.contains("limited to 0 KiB per user. Raise RLIMIT_MEMLOCK"), output);
    }

    @Test
    void shouldOpenASmallerRingWhereLockedMemoryIsShort() {
        requireCharges();
        String output = confined(List.of("--no-ipc-lock", "--memlock", "65536"), "open", "4096");
        // How far it halves depends on how soon the kernel has taken the probe's ring apart.
        assertTrue(output.matches("(?s).*\nworks with (256|512)\n.*"), output);
        String gaveUp =
                "a ring of 4096 SQEs and 8192 CQEs was asked for, [0-9]+ and [0-9]+ are what there"
                        + " is room for: locked memory is limited to 64 KiB per user .*";
        assertTrue(output.matches("(?s).*\ngave up: " + gaveUp), output);
        assertTrue(output.matches("(?s).*WARNING: " + gaveUp), "it was not logged: " + output);
    }

    @Test
    void shouldBlameMemlockForTheBufferThatIsOneTooMany() {
        String output = confined(List.of("--no-ipc-lock", "--memlock", "1048576"), "pin", "256");
        assertTrue(output.startsWith("MEMLOCK | "), output);
        assertTrue(output.contains("IORING_REGISTER_BUFFERS_UPDATE failed with ENOMEM"), output);
        assertTrue(output.contains("limited to 1024 KiB per user"), output);
        assertTrue(output.endsWith("pinned some: true\ncleared 0\npinned again 0\n"), output);
    }

    @Test
    void shouldCopyTheWaitsArgumentWhereThatIsAllThatIsLeft() {
        requireCharges();
        requireWait();
        // The ring's own two pages, and none for the argument.
        String pages = Integer.toString(2 * Calls.pageBytes());
        String output = confined(List.of("--no-ipc-lock", "--memlock", pages), "wait");
        assertTrue(output.contains("\ncompleted 1\ngave up: the wait's argument is"), output);
        assertTrue(output.contains("registering it failed with ENOMEM"), output);
    }

    private static void requireWait() {
        Assumptions.assumeTrue(
                LinuxKernel.instance().features().has(RingFeature.REGISTERED_WAIT),
                "missing kernel feature: registered wait (Linux 6.13)");
    }

    @Test
    void shouldGiveNothingUpWhereNothingIsShort() {
        requireWait();
        assertEquals("completed 1\n", confined(List.of(), "wait"));
    }

    @Test
    void shouldNotHalveARingBelow256Entries() {
        requireCharges();
        String output = confined(List.of("--no-ipc-lock", "--memlock", "16384"), "open", "4096");
        assertTrue(output.startsWith("MEMLOCK | "), output);
    }

    @Test
    void shouldBlameMemlockForTheRingThatIsOneTooMany() {
        requireCharges();
        String output =
                confined(List.of("--no-ipc-lock", "--memlock", "1048576"), "exhaust", "4096");
        assertTrue(output.contains("\nMEMLOCK | "), output);
        assertTrue(output.contains("limited to 1024 KiB per user"), output);
        assertTrue(output.contains("\nrecovered with "), output);
    }

    @Test
    void shouldNotBeLimitedWithTheCapabilityToLockMemory() {
        Assumptions.assumeTrue(ProcSelf.mayLockMemory(), "missing capability: CAP_IPC_LOCK");
        String output = confined(List.of("--memlock", "65536"), "open", "32768");
        assertEquals("works with 32768\n", output);
    }

    @ParameterizedTest
    @ValueSource(strings = {"64", "65"})
    void shouldBlameTheFileLimitAndLoseNoDescriptorToFailures(String limit) {
        // A ring takes two descriptors: with one of these limits the first of them is the one that
        // is not to be had, with the other the second.
        String output = confined(List.of("--nofile", limit), "exhaust", "8");
        assertTrue(output.startsWith("FILE_LIMIT | "), output);
        assertTrue(output.contains("Raise RLIMIT_NOFILE"), output);
        assertTrue(output.contains("\nlost 0\n"), output);
        assertTrue(output.contains("\nrecovered with "), output);
    }

    @Test
    void shouldBlameDeniedNativeAccess() {
        String output = jvm(List.of(), List.of("--illegal-native-access=deny"), "features");
        assertLines(output, "NATIVE_ACCESS", "denies native access", ENABLE_NATIVE);
    }

    /** Two lines, for two calls: the second fails in another way and must say the same. */
    private static void assertLines(String output, String... parts) {
        List<String> lines = output.lines().toList();
        assertEquals(2, lines.size(), output);
        for (String line : lines) {
            assertTrue(line.startsWith(parts[0] + " | io_uring is not available: "), output);
            for (String part : parts) {
                assertTrue(line.contains(part), output);
            }
        }
    }

    private static String confined(List<String> limits, String... arguments) {
        List<String> prefix = new ArrayList<>(List.of(directory.resolve("confine").toString()));
        prefix.addAll(limits);
        return jvm(prefix, List.of(ENABLE_NATIVE), arguments);
    }

    private static String jvm(List<String> prefix, List<String> options, String... arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.add(Programs.java().toString());
        // Small and quick to start: most of these tests is the start of a JVM.
        command.addAll(List.of("-ea", "-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath(), ConfinedMain.class.getName()));
        command.addAll(List.of(arguments));
        Programs.Outcome outcome = Programs.run(command);
        assertEquals(0, outcome.exit(), outcome.output());
        return outcome.output();
    }

    private static String classPath() {
        return location(Ring.class) + ":" + location(ConfinedMain.class);
    }

    private static Path location(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
