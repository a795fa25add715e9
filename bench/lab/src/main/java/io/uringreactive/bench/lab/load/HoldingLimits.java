// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.load;

import io.uringreactive.bench.lab.proc.ProcFs;
import io.uringreactive.bench.lab.process.Finished;
import io.uringreactive.bench.lab.process.LabException;
import io.uringreactive.bench.lab.process.Tool;
import java.util.List;

/** What the machine must allow so that so many connections can be held. */
final class HoldingLimits {
    /** Files of a JVM or a server that are no connection. */
    private static final int OTHER_FILES = 500;

    private static final Tool PRLIMIT = new Tool("prlimit", "util-linux", "--version");

    /** Fails, and says what to do, if there are too few files or ports; root gets more files. */
    static void require(int connections) {
        int files = connections + OTHER_FILES;
        // Servers inherit it, so it is raised in this process, which needs as many.
        if (ProcFs.openFilesMax() < files && !PRLIMIT.isMissing()) {
            String self = Long.toString(ProcessHandle.current().pid());
            String limit = "--nofile=" + files + ":" + files;
            // Refused to those who are not root: then the limit says so.
            var _ = Finished.of(List.of(PRLIMIT.program(), "--pid", self, limit));
        }
        check(connections, ProcFs.openFilesMax(), ProcFs.localPorts());
    }

    /** Each server has a port of its own, so that all ports are free again for the next one. */
    static void check(int connections, long openFilesMax, int ports) {
        if (openFilesMax < connections + OTHER_FILES) {
            throw new LabException(
                    "%,d connections need %,d open files in a process, and %,d are allowed: ulimit -n %d"
                                    .formatted(
                                            connections,
                                            connections + OTHER_FILES,
                                            openFilesMax,
                                            connections + OTHER_FILES)
                            + " in this shell first, as root or where its hard limit allows it");
        }
        if (ports < connections) {
            throw new LabException(
                    "%,d connections need as many local ports, and there are %,d:"
                                    .formatted(connections, ports)
                            + " sysctl net.ipv4.ip_local_port_range=\"20000 60999\"");
        }
    }

    private HoldingLimits() {}
}
