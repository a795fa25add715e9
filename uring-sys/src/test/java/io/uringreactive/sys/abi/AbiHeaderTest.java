// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.abi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.sys.testing.Programs;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Our numbers against the headers that are installed. A header older than the table lacks names;
 * those are left out, counted and printed.
 */
class AbiHeaderTest {
    /** What the header of Linux 6.1 and glibc 2.36 confirm, rounded down. */
    private static final int KNOWN_MIN = 400;

    @TempDir Path directory;

    @Test
    void shouldEqualTheHeadersOfThisMachine() {
        check(new CProgram(Programs.gcc(), directory), "this machine");
    }

    @Test
    void shouldEqualTheHeadersOfArm64() {
        check(new CProgram(Programs.gccArm64(), directory), "arm64");
    }

    @Test
    void shouldRefuseAWrongConstantSizeOrOffset() {
        CProgram program = new CProgram(Programs.gcc(), directory);
        Programs.Outcome outcome =
                program.check(
                        List.of(
                                new Constant("right", new Constant.Name("IORING_OP_READV"), 1),
                                new Constant("constant", new Constant.Name("IORING_OP_NOP"), 1),
                                new Constant("size", new Constant.SizeOf("io_uring_cqe"), 32),
                                new Constant(
                                        "offset",
                                        new Constant.OffsetOf("io_uring_cqe", "res"),
                                        12)));
        assertNotEquals(0, outcome.exit());
        for (String wrong : List.of("constant", "size", "offset")) {
            assertTrue(outcome.output().contains("\"" + wrong + "\""), outcome.output());
        }
        assertFalse(outcome.output().contains("\"right\""), outcome.output());
    }

    private static void check(CProgram program, String machine) {
        HeaderText headers = program.headers();
        Map<Boolean, List<Constant>> known =
                Constants.all(AbiClasses.all()).stream()
                        .collect(Collectors.partitioningBy(constant -> isKnown(constant, headers)));
        List<Constant> checked = known.getOrDefault(true, List.of());
        List<Constant> unknown = known.getOrDefault(false, List.of());
        System.out.printf(
                "headers of %s: %d numbers checked, %d not known there: %s%n",
                machine,
                checked.size(),
                unknown.size(),
                unknown.stream()
                        .map(constant -> constant.c().row())
                        .collect(Collectors.joining(", ")));
        for (Constant constant : unknown) {
            assertTrue(
                    constant.c().ofIoUring() || constant.c().identifier().startsWith("FUTEX2_"),
                    "only what belongs to io_uring may be too new: " + constant);
        }
        Programs.Outcome outcome = program.check(checked);
        assertEquals(0, outcome.exit(), outcome.output());
        assertTrue(checked.size() >= KNOWN_MIN, "the headers know only " + checked.size());
    }

    private static boolean isKnown(Constant constant, HeaderText headers) {
        // The number of opcodes grows with each header: an older one counts fewer.
        boolean count = constant.c().row().equals("const IORING_OP_LAST");
        return !count && headers.define(constant.c());
    }
}
