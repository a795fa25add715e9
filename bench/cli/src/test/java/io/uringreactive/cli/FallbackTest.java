// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.UringNet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One program serves with io_uring and without, and says in one line what it runs on and why. */
class FallbackTest {
    private static final List<String> NATIVE = List.of("--enable-native-access=ALL-UNNAMED");
    private static final Path SWITCH = Path.of("/proc/sys/kernel/io_uring_disabled");

    @TempDir static Path directory;

    /** Compiles the program that denies system calls to another one. */
    @BeforeAll
    static void compile() throws Exception {
        Client.require("gcc", "gcc");
        Client.run("", "gcc", "-o", confine(), "../../uring-sys/src/test/c/confine.c");
    }

    private static String confine() {
        return directory.resolve("confine").toString();
    }

    private static void expect(
            List<String> prefix, List<String> jvm, String transport, String reason)
            throws IOException {
        try (ServerProcess server = ServerProcess.start(prefix, jvm)) {
            assertTrue(server.ready().contains(transport), server::ready);
            List<String> said =
                    server.before().lines().filter(line -> line.contains("Running on")).toList();
            assertEquals(1, said.size(), server::before);
            assertTrue(said.getFirst().contains("Running on " + transport + ". "), said::toString);
            assertTrue(said.getFirst().contains(reason), said::toString);
            assertEquals("hello", server.echo("hello"));
        }
    }

    @Test
    void shouldRunOnIoUringWithoutAWord() throws IOException {
        Assumptions.assumeTrue(
                UringNet.availability().isAvailable(), "missing kernel feature: io_uring");
        try (ServerProcess server = ServerProcess.start(List.of(), NATIVE)) {
            assertTrue(server.ready().contains("1 ring, receive mode"), server::ready);
            assertFalse(server.before().contains("Running on"), server::before);
            assertEquals("hello", server.echo("hello"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "38"})
    void shouldRunOnEpollUnderASeccompFilter(String errno) throws IOException {
        expect(List.of(confine(), "--deny-setup", errno), NATIVE, "epoll", "seccompProfile");
    }

    @Test
    void shouldRunOnEpollWhereNoMemoryMayBeLocked() throws IOException {
        expect(
                List.of(confine(), "--no-ipc-lock", "--memlock", "0"),
                NATIVE,
                "epoll",
                "Raise RLIMIT_MEMLOCK");
    }

    /** Changes a setting of the whole machine for a moment, so it is run when asked for. */
    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void shouldRunOnEpollWhereIoUringIsSwitchedOff(String value) throws IOException {
        Assumptions.assumeTrue(
                Boolean.getBoolean("fallback.sysctl") && Files.isWritable(SWITCH),
                "not asked for: kernel.io_uring_disabled is set (-Dfallback.sysctl=true, as root)");
        String before = Files.readString(SWITCH);
        Files.writeString(SWITCH, value);
        try {
            // What 1 forbids, CAP_SYS_ADMIN allows.
            expect(
                    List.of("setpriv", "--bounding-set=-sys_admin"),
                    NATIVE,
                    "epoll",
                    "kernel.io_uring_disabled");
        } finally {
            Files.writeString(SWITCH, before);
        }
    }

    @Test
    void shouldRunOnNioWhereTheJvmDeniesNativeAccess() throws IOException {
        expect(
                List.of(),
                List.of("--illegal-native-access=deny"),
                "nio",
                "--enable-native-access=ALL-UNNAMED");
    }

    @Test
    void shouldRunOnNioOffLinux() throws IOException {
        expect(List.of(), List.of("-Dos.name=Mac OS X"), "nio", "this is Mac OS X");
    }
}
