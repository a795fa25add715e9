package io.uringreactive.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.cli.Findings.Limits;
import io.uringreactive.sys.abi.Opcode;
import io.uringreactive.sys.abi.SetupFlags;
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
        return new Findings(USER, features, null, limits);
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
        Findings findings = new Findings(USER, null, DENIED, AMPLE);
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
        assertTrue(Limits.hasIpcLock(List.of("Name:\tjava", "CapEff:\t000001ffffffffff")));
        assertFalse(Limits.hasIpcLock(List.of("CapEff:\t00000000a80425fb")));
        assertFalse(Limits.hasIpcLock(List.of()));
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
}
