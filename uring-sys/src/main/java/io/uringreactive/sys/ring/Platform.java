// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

/** What this library is for: Linux on a machine whose system calls it knows. */
public final class Platform {
    /**
     * Returns where io_uring may be had; loads no class that is Linux's alone.
     *
     * @throws RingUnavailable elsewhere
     */
    public static void require() {
        String os = System.getProperty("os.name");
        String architecture = System.getProperty("os.arch");
        SystemFacts facts =
                new SystemFacts(os, architecture, System.getProperty("os.version"), 0, -1, false);
        if (!os.equals("Linux")) {
            throw Diagnosis.notLinux(facts);
        }
        if (!facts.supportedArchitecture()) {
            throw Diagnosis.architecture(facts);
        }
    }

    private Platform() {}
}
