// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.cli;

import io.uringreactive.RingGroupOptions;
import io.uringreactive.sys.abi.Opcode;
import io.uringreactive.sys.ring.Capabilities;
import io.uringreactive.sys.ring.KernelQuery;
import io.uringreactive.sys.ring.LinuxKernel;
import io.uringreactive.sys.ring.Ring;
import io.uringreactive.sys.ring.RingFeatures;
import io.uringreactive.sys.ring.RingUnavailable;
import io.uringreactive.sys.ring.SystemFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What {@code uring doctor} found out.
 *
 * @param features what rings can do here, null where there are none to be had
 * @param query what the kernel says it knows, null where it answers no such question
 * @param concessions what a ring of the default size does without, a sentence each
 * @param unavailable why there are no rings, or none of the default size; null where there are
 */
record Findings(
        SystemFacts system,
        @Nullable RingFeatures features,
        @Nullable KernelQuery query,
        List<String> concessions,
        @Nullable RingUnavailable unavailable,
        Limits limits) {

    /**
     * The limits that a server meets first.
     *
     * @param ipcLock whether the process has CAP_IPC_LOCK: {@code memlock} does not bind it then
     */
    record Limits(Limit memlock, boolean ipcLock, Limit nofile, int processors) {
        static Limits read() {
            List<String> table = Limit.table();
            return new Limits(
                    Limit.of("Max locked memory", table),
                    Capabilities.read().has(Capabilities.IPC_LOCK),
                    Limit.of("Max open files", table),
                    Runtime.getRuntime().availableProcessors());
        }
    }

    /** What the TCP transport submits. */
    private static final int[] TCP_OPCODES = {
        Opcode.NOP,
        Opcode.POLL_ADD,
        Opcode.SENDMSG,
        Opcode.ACCEPT,
        Opcode.ASYNC_CANCEL,
        Opcode.CONNECT,
        Opcode.CLOSE,
        Opcode.SEND,
        Opcode.RECV,
        Opcode.SHUTDOWN,
        Opcode.MSG_RING
    };

    /** A ring of the default size with its buffer ring, rounded up, as the kernel charges it. */
    private static final long MEMLOCK_BYTES_PER_RING = 1024 * 1024;

    /** What the C10k problem asks for, and a few more. */
    private static final long NOFILE_WANTED = 10_240;

    static Findings read() {
        SystemFacts system = SystemFacts.read();
        Limits limits = Limits.read();
        RingFeatures features = null;
        KernelQuery query = null;
        try {
            features = LinuxKernel.instance().features();
            query = LinuxKernel.instance().query();
            return new Findings(system, features, query, concessionsOfARing(), null, limits);
        } catch (RingUnavailable e) {
            return new Findings(system, features, query, List.of(), e, limits);
        }
    }

    /** Those of a ring as every program gets it that asks for nothing else. */
    private static List<String> concessionsOfARing() {
        Ring ring = LinuxKernel.instance().openRing(RingGroupOptions.defaults().ring());
        try {
            ring.enable();
            return ring.concessions();
        } finally {
            ring.close();
        }
    }

    boolean available() {
        return unavailable == null;
    }

    /** Names of the opcodes that TCP needs and this kernel lacks. */
    List<String> missingOpcodes() {
        if (features == null) {
            return List.of();
        }
        return IntStream.of(TCP_OPCODES)
                .filter(opcode -> !features.supports(opcode))
                .mapToObj(Opcode::name)
                .toList();
    }

    /** What to change, most important first; empty when all is well. */
    List<String> advice() {
        List<String> advice = new ArrayList<>();
        if (unavailable != null) {
            advice.add(unavailable.remedy());
        }
        if (!missingOpcodes().isEmpty()) {
            advice.add(
                    "run on a kernel that knows "
                            + String.join(", ", missingOpcodes())
                            + " (Linux 6.1 or newer)");
        }
        if (features != null && !features.receiveCredit()) {
            advice.add(
                    "Linux 6.17 or newer: back-pressure by receive credit, instead of a receive"
                            + " submitted for each buffer");
        }
        if (available() && system.ioUringDisabled() != 0) {
            advice.add(
                    "kernel.io_uring_disabled is "
                            + system.ioUringDisabled()
                            + ": this process may use io_uring, another user's may not");
        }
        long memlockWanted = limits.processors() * MEMLOCK_BYTES_PER_RING;
        if (!limits.ipcLock() && limits.memlock().below(memlockWanted)) {
            advice.add(
                    "raise RLIMIT_MEMLOCK from %s to %d KiB or more, for a ring per processor (ulimit -l, systemd LimitMEMLOCK=)"
                            .formatted(limits.memlock().inKib(), memlockWanted / 1024));
        }
        if (limits.nofile().below(NOFILE_WANTED)) {
            advice.add(
                    "raise RLIMIT_NOFILE from %s to %d or more, one descriptor per connection (ulimit -n, systemd LimitNOFILE=)"
                            .formatted(limits.nofile(), NOFILE_WANTED));
        }
        return advice;
    }
}
