// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.result;

import io.uringreactive.bench.lab.proc.ProcFs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What it was measured on. */
public record Machine(
        String cpu,
        int cores,
        long memoryBytes,
        String architecture,
        String kernel,
        String system,
        String jdk,
        String congestionControl) {
    public static Machine ofThis() {
        String cpuInfo = ProcFs.readExisting("cpuinfo");
        String memory = first("MemTotal: +(\\d+) kB", ProcFs.readExisting("meminfo"), "0");
        return new Machine(
                first("(?m)^model name\\s*: (.*)$", cpuInfo, "unknown"),
                (int) cpuInfo.lines().filter(line -> line.startsWith("processor")).count(),
                Long.parseLong(memory) * 1024,
                System.getProperty("os.arch"),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                first("(?m)^PRETTY_NAME=\"(.*)\"$", osRelease(), "unknown"),
                System.getProperty("java.vm.version")
                        + " ("
                        + System.getProperty("java.vendor")
                        + ")",
                ProcFs.readExisting("sys/net/ipv4/tcp_congestion_control").strip());
    }

    private static String osRelease() {
        try {
            return Files.readString(Path.of("/etc/os-release"));
        } catch (IOException e) {
            return ""; // some containers have none
        }
    }

    private static String first(String pattern, String text, String otherwise) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        return matcher.find() ? matcher.group(1) : otherwise;
    }
}
