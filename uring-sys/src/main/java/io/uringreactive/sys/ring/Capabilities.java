// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What this process may, as capabilities(7) has it. Root in a container often may not all of it.
 *
 * @param effective a bit for each capability
 */
public record Capabilities(long effective) {
    public static final int IPC_LOCK = 14;
    public static final int SYS_ADMIN = 21;

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String LABEL = "CapEff:";

    /** Of this process; none where /proc is hidden. */
    public static Capabilities read() {
        try {
            return of(Files.readAllLines(STATUS));
        } catch (IOException e) {
            return new Capabilities(0);
        }
    }

    /** From the lines of proc(5)'s status file. */
    public static Capabilities of(List<String> status) {
        return status.stream()
                .filter(line -> line.startsWith(LABEL))
                .map(line -> line.substring(LABEL.length()).strip())
                .map(mask -> new Capabilities(Long.parseUnsignedLong(mask, 16)))
                .findFirst()
                .orElse(new Capabilities(0));
    }

    public boolean has(int capability) {
        return (effective >> capability & 1) != 0;
    }
}
