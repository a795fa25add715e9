// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SystemFactsTest {
    @ParameterizedTest
    @CsvSource({
        "6.1.0, false",
        "6.1, false",
        "6.1.0-13-amd64, false",
        "6.18.44-fc-v595, false",
        "6.10.3, false",
        "7.0.0-rc1, false",
        "10.0.0, false",
        "6.0.19, true",
        "6.0-rc7, true",
        "5.15.0-1053-aws, true",
        "5.4.17-2136.315.5.8.el8uek.x86_64, true",
        "4.18.0-553.el8_10.x86_64, true"
    })
    void shouldCompareReleasesWithLinux61(String release, boolean older) {
        assertEquals(older, of(release).kernelOlderThan(6, 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "6",
                "unknown",
                "v5.4",
                "-",
                "5",
                "5-rc1",
                "99999999999.1",
                "5.99999999999",
            })
    void shouldLeaveItToTheKernelWhereTheReleaseIsNoVersion(String release) {
        assertEquals(false, of(release).kernelOlderThan(6, 1));
    }

    @ParameterizedTest
    @CsvSource({"amd64, true", "aarch64, true", "x86, false", "arm, false", "riscv64, false"})
    void shouldSupportTwoArchitectures(String architecture, boolean supported) {
        SystemFacts facts = new SystemFacts("Linux", architecture, "6.18.0", 0, -1, false);
        assertEquals(supported, facts.supportedArchitecture());
    }

    @ParameterizedTest
    @CsvSource({"-1, nothing (unlimited)", "8388608, 8192 KiB per user", "0, 0 KiB per user"})
    void shouldSayHowMuchMemoryMayBeLocked(long bytes, String text) {
        SystemFacts facts = new SystemFacts("Linux", "amd64", "6.18.0", 0, bytes, false);
        assertEquals(text, facts.memlockText());
    }

    @Test
    void shouldReadTheReleaseThatTheKernelTells() throws Exception {
        String release = Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip();
        assertEquals(release, SystemFacts.read().kernelRelease());
    }

    @Test
    void shouldReadTheLimitThatTheKernelTells() throws Exception {
        Matcher soft =
                Pattern.compile("Max locked memory +(\\w+)")
                        .matcher(Files.readString(Path.of("/proc/self/limits")));
        assertTrue(soft.find());
        long expected = soft.group(1).equals("unlimited") ? -1 : Long.parseLong(soft.group(1));
        assertEquals(expected, SystemFacts.read().memlockBytes());
    }

    @Test
    void shouldReadTheSettingThatTheKernelTells() throws Exception {
        Path setting = Path.of("/proc/sys/kernel/io_uring_disabled");
        Assumptions.assumeTrue(
                Files.exists(setting), "missing kernel feature: io_uring_disabled (Linux 6.6)");
        assertEquals(
                Integer.parseInt(Files.readString(setting).strip()),
                SystemFacts.read().ioUringDisabled());
    }

    private static SystemFacts of(String release) {
        return new SystemFacts("Linux", "amd64", release, 0, -1, false);
    }

    @Test
    void shouldTellAReleaseFromOneThatBeginsAlike() {
        SystemFacts facts = new SystemFacts("Linux", "amd64", "6.18.4-generic", 0, -1, false);
        for (String its : List.of("6.18", "6.18.4", "6.18.4-generic")) {
            assertTrue(facts.isRelease(its), its);
        }
        for (String other : List.of("6.1", "6.18.40", "6.18.4-generic2", "7.18", "6.180")) {
            assertFalse(facts.isRelease(other), other);
        }
    }
}
