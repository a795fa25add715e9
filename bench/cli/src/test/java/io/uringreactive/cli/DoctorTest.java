// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.cli.Findings.Limits;
import io.uringreactive.sys.abi.Opcode;
import io.uringreactive.sys.abi.SetupFlags;
import io.uringreactive.sys.abi.SqeFlags;
import io.uringreactive.sys.ring.KernelQuery;
import io.uringreactive.sys.ring.RingFeatures;
import io.uringreactive.sys.ring.RingUnavailable;
import io.uringreactive.sys.ring.RingUnavailable.Reason;
import io.uringreactive.sys.ring.SystemFacts;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DoctorTest {
    private static final SystemFacts USER =
            new SystemFacts("Linux", "amd64", "6.18.1", 0, -1, false);
    private static final Limits AMPLE =
            new Limits(new Limit(Limit.UNLIMITED), false, new Limit(1 << 20), 4);
    private static final RingUnavailable DENIED =
            new RingUnavailable(Reason.SECCOMP, "a filter denies it", "Allow io_uring");

    private static RingFeatures features(boolean credit, int... without) {
        BitSet opcodes = new BitSet();
        opcodes.set(0, Opcode.COUNT);
        for (int opcode : without) {
            opcodes.clear(opcode);
        }
        int flags = SetupFlags.SINGLE_ISSUER | SetupFlags.DEFER_TASKRUN;
        return new RingFeatures(flags, 0, opcodes, credit);
    }

    private static Findings found(RingFeatures features, Limits limits) {
        return new Findings(USER, features, null, List.of(), null, limits);
    }

    private static String print(Findings findings) {
        StringWriter text = new StringWriter();
        Doctor.print(findings, new PrintWriter(text, true));
        return text.toString();
    }

    private static void assertAdvice(Findings findings, @Nullable String expected) {
        List<String> advice = findings.advice();
        assertEquals(expected == null ? 0 : 1, advice.size(), advice::toString);
        assertTrue(expected == null || advice.getFirst().contains(expected), advice::toString);
    }

    @Test
    void hasNothingToChangeWhereAllIsWell() {
        assertAdvice(found(features(true), AMPLE), null);
        String text = print(found(features(true), AMPLE));
        assertTrue(text.contains("nothing to change"), text);
        assertTrue(text.contains("SINGLE_ISSUER DEFER_TASKRUN"), text);
        assertTrue(text.contains("credit (multishot"), text);
        assertTrue(text.contains("all that TCP needs"), text);
    }

    @Test
    void namesReasonAndRemedyWhereThereIsNoRing() {
        Findings findings = new Findings(USER, null, null, List.of(), DENIED, AMPLE);
        assertAdvice(findings, "Allow io_uring");
        String text = print(findings);
        assertTrue(text.contains("a filter denies it"), text);
        assertTrue(text.contains("what to change:"), text);
    }

    @Test
    void advisesOnKernelAndLimits() {
        assertAdvice(found(features(false), AMPLE), "Linux 6.17");
        assertAdvice(found(features(true, Opcode.MSG_RING, Opcode.SEND), AMPLE), "SEND, MSG_RING");
        Limit small = new Limit(1024);
        assertAdvice(
                found(features(true), new Limits(small, false, AMPLE.nofile(), 4)),
                "RLIMIT_MEMLOCK from 1 KiB to 4096 KiB");
        assertAdvice(
                found(features(true), new Limits(AMPLE.memlock(), false, small, 4)),
                "RLIMIT_NOFILE from 1024 to 10240");
        assertTrue(print(found(features(false), AMPLE)).contains("one-shot (a receive"));
    }

    @Test
    void letsAPrivilegedProcessLockMemory() {
        assertAdvice(
                found(features(true), new Limits(new Limit(0), true, AMPLE.nofile(), 4)), null);
    }

    @Test
    void readsTheLimitsTable() {
        List<String> table =
                List.of(
                        "Limit                     Soft Limit           Hard Limit    Units",
                        "Max open files            1024                 524288        files",
                        "Max locked memory         unlimited            unlimited     bytes");
        assertEquals(1024, Limit.of("Max open files", table).soft());
        assertEquals("unlimited", Limit.of("Max locked memory", table).inKib());
        assertEquals(Limit.UNLIMITED, Limit.of("Max open files", List.of()).soft());
    }

    @Test
    void namesBitsLowestFirst() {
        assertEquals(
                List.of("IOPOLL", "CQSIZE", "SQ_REWIND"),
                BitNames.set(
                        SetupFlags.class,
                        SetupFlags.SQ_REWIND | SetupFlags.IOPOLL | SetupFlags.CQSIZE));
        assertEquals(List.of(), BitNames.set(SetupFlags.class, 0));
    }

    @Test
    void showsEveryFeatureAndOpcodeWithItsRelease() {
        String text = print(found(features(true, Opcode.PIPE, Opcode.SEND_ZC), AMPLE));
        assertTrue(text.contains("\n  6.17   yes  receive credit\n"), text);
        assertTrue(text.contains("\n  6.15   no   NO_IOWAIT\n"), text);
        assertTrue(text.contains("\n  6.13   no   registered wait\n"), text);
        assertTrue(text.contains("\n  6.11   BIND LISTEN\n"), text);
        assertTrue(text.contains("\n  6.16   no: PIPE\n"), text);
        assertTrue(text.contains("\n  6.1    SENDMSG_ZC\n"), text);
        assertTrue(text.contains("IORING_REGISTER_QUERY     not answered"), text);
        assertFalse(text.contains("given up"), text);
        for (String opcode : List.of("NOP", "RECV_ZC", "URING_CMD128")) {
            assertTrue(text.contains(opcode), opcode);
        }
        assertTrue(text.indexOf("  6.9 ") < text.indexOf("  6.11 "), "6.11 is the younger one");
    }

    @Test
    void showsWhatTheKernelSaysAndWhatWasGivenUp() {
        KernelQuery query =
                new KernelQuery(63, 36, 0, SetupFlags.SINGLE_ISSUER, 1, SqeFlags.ASYNC, 1);
        List<String> lost = List.of("a ring of 4096 SQEs was asked for");
        String text = print(new Findings(USER, features(true), query, lost, null, AMPLE));
        assertTrue(text.contains("63 opcodes, 36 register operations, 1 queries"), text);
        assertTrue(text.contains("\n  6.0    SINGLE_ISSUER\n"), text);
        assertTrue(text.contains("\n  6.18   QUERY\n"), text);
        assertTrue(text.contains("\n  6.19   no: ZCRX_CTRL\n"), text);
        assertTrue(text.contains("given up:\n  a ring of 4096 SQEs"), text);
    }

    @Test
    void putsRefusedBehindGrantedOfTheSameRelease() {
        List<Capability> two =
                List.of(new Capability("A", "6.10", false), new Capability("B", "6.10", true));
        assertEquals(List.of("6.10   B; no: A"), Capability.linesByRelease(two));
    }

    @Test
    void readsThisMachine() {
        Findings findings = Findings.read();
        String text = print(findings);
        assertEquals(findings.available(), text.contains("io_uring                  available"));
    }
}
