// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.cli;

import io.uringreactive.sys.abi.EnterFlags;
import io.uringreactive.sys.abi.Features;
import io.uringreactive.sys.abi.Opcode;
import io.uringreactive.sys.abi.RegisterOps;
import io.uringreactive.sys.abi.SetupFlags;
import io.uringreactive.sys.abi.SqeFlags;
import io.uringreactive.sys.ring.KernelQuery;
import io.uringreactive.sys.ring.RingFeature;
import io.uringreactive.sys.ring.RingFeatures;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code uring doctor}: what this machine grants, and what to change. */
@Command(
        name = "doctor",
        description = "Tells what the kernel grants, the receive mode, and what to change.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:io_uring is available", "1:it is not; the reason is printed"})
final class Doctor implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Findings findings = Findings.read();
        print(findings, spec.commandLine().getOut());
        return findings.available() ? 0 : 1;
    }

    static void print(Findings findings, PrintWriter out) {
        line(out, "kernel", findings.system().osName() + " " + findings.system().kernelRelease());
        line(out, "architecture", findings.system().architecture());
        line(out, "processors", Integer.toString(findings.limits().processors()));
        line(
                out,
                "JDK",
                System.getProperty("java.vendor") + " " + System.getProperty("java.version"));
        line(out, "kernel.io_uring_disabled", disabledText(findings.system().ioUringDisabled()));
        line(out, "RLIMIT_MEMLOCK", findings.limits().memlock().inKib() + memlockNote(findings));
        line(out, "RLIMIT_NOFILE", findings.limits().nofile().toString());
        out.println();
        line(
                out,
                "io_uring",
                findings.unavailable() == null
                        ? "available"
                        : "no: " + findings.unavailable().getMessage());
        if (findings.features() != null) {
            print(findings.features(), findings.missingOpcodes(), out);
            table(out, "what a ring can do (since Linux)", features(findings.features()));
            table(out, "opcodes (since Linux)", opcodes(findings.features()));
        }
        out.println();
        if (findings.query() != null) {
            print(findings.query(), out);
        } else if (findings.features() != null) {
            line(out, "IORING_REGISTER_QUERY", "not answered (Linux 6.18 does)");
        }
        table(out, "given up", findings.concessions());
        out.println();
        print(findings.advice(), out);
    }

    private static void print(RingFeatures features, List<String> missing, PrintWriter out) {
        line(
                out,
                "set-up flags granted",
                String.join(" ", BitNames.set(SetupFlags.class, features.setupFlags())));
        line(
                out,
                "opcodes",
                features.opcodes().cardinality()
                        + " known, "
                        + (missing.isEmpty()
                                ? "all that TCP needs"
                                : "missing for TCP: " + String.join(" ", missing)));
        line(
                out,
                "receive mode",
                features.receiveCredit()
                        ? "credit (multishot, the kernel stops when the demand is spent)"
                        : "one-shot (a receive is submitted for each buffer)");
    }

    private static List<String> features(RingFeatures features) {
        List<Capability> all =
                new ArrayList<>(Capability.flags(Features.class, features.featureBits()));
        for (RingFeature feature : RingFeature.values()) {
            String name = feature.name().toLowerCase(Locale.ROOT).replace('_', ' ');
            all.add(new Capability(name, feature.sinceLinux(), features.has(feature)));
        }
        return Capability.lines(all);
    }

    private static List<String> opcodes(RingFeatures features) {
        return Capability.linesByRelease(
                Capability.of(Opcode.class, opcode -> features.supports(opcode.mask())));
    }

    /** What the kernel knows, of which a ring of ours may have been granted less. */
    private static void print(KernelQuery query, PrintWriter out) {
        line(
                out,
                "IORING_REGISTER_QUERY",
                "%d opcodes, %d register operations, %d queries"
                        .formatted(query.opcodes(), query.registerOps(), query.queries()));
        flags(out, "set-up flags known", SetupFlags.class, query.setupFlags());
        flags(out, "enter flags known", EnterFlags.class, query.enterFlags());
        flags(out, "SQE flags known", SqeFlags.class, query.sqeFlags());
        int count = query.registerOps();
        // What stands beside an operation, in the highest bit, is not counted among them.
        List<Capability> operations =
                Capability.of(
                        RegisterOps.class,
                        operation -> operation.mask() < 0 || operation.mask() < count);
        table(out, "register operations known", Capability.linesByRelease(operations));
    }

    private static void flags(PrintWriter out, String title, Class<?> constants, long word) {
        table(out, title, Capability.linesByRelease(Capability.flags(constants, word)));
    }

    private static void table(PrintWriter out, String title, List<String> lines) {
        if (!lines.isEmpty()) {
            out.println();
            out.println(title + ":");
            lines.forEach(line -> out.println("  " + line));
        }
    }

    private static void print(List<String> advice, PrintWriter out) {
        if (advice.isEmpty()) {
            out.println("nothing to change");
            return;
        }
        out.println("what to change:");
        advice.forEach(item -> out.println("  - " + item));
    }

    private static void line(PrintWriter out, String name, String value) {
        out.printf("%-25s %s%n", name, value);
    }

    private static String disabledText(int value) {
        return switch (value) {
            case 0 -> "0 (everyone may use io_uring)";
            case 1 -> "1 (only CAP_SYS_ADMIN and the group kernel.io_uring_group may use io_uring)";
            default -> value + " (nobody may use io_uring)";
        };
    }

    private static String memlockNote(Findings findings) {
        return findings.limits().ipcLock() ? " (does not bind: CAP_IPC_LOCK)" : "";
    }
}
