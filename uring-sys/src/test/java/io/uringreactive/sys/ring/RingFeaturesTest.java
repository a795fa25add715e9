// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.sys.abi.Features;
import io.uringreactive.sys.abi.Opcode;
import io.uringreactive.sys.abi.SetupFlags;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the running kernel was found to grant, against what its release promises. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RingFeaturesTest {
    private final RingFeatures features = LinuxKernel.instance().features();

    @ParameterizedTest
    @CsvSource({
        "6, 1, SENDMSG_ZC",
        "6, 7, READ_MULTISHOT",
        "6, 9, FTRUNCATE",
        "6, 11, LISTEN",
        "6, 16, PIPE",
        "6, 19, URING_CMD128"
    })
    void shouldKnowTheOpcodesOfItsRelease(int major, int minor, String name) throws Exception {
        int opcode = Opcode.class.getField(name).getInt(null);
        assertEquals(isAtLeast(major, minor), features.supports(opcode));
    }

    @Test
    void shouldNotKnowAnOpcodeOfTheFuture() {
        assertFalse(features.supports(254));
        assertTrue(features.opcodes().cardinality() >= 49, "Linux 6.1 has 49 opcodes");
    }

    @Test
    void shouldReportWhatEveryRingIsOpenedWith() {
        assertEquals(RingMemory.SETUP_FLAGS, features.setupFlags() & ~SetupFlags.NO_SQARRAY);
        assertEquals(isAtLeast(6, 6), features.noSqArray());
        assertTrue((features.featureBits() & Features.EXT_ARG) != 0);
        assertTrue((features.featureBits() & Features.NODROP) != 0);
        assertTrue((features.featureBits() & Features.SINGLE_MMAP) != 0);
        assertEquals(isAtLeast(6, 15), features.noIowait());
    }

    @Test
    void shouldFindReceiveCreditWhereItsReleaseHasIt() {
        assertEquals(isAtLeast(6, 17), features.receiveCredit());
    }

    @ParameterizedTest
    @EnumSource
    void shouldFindWhatItsReleaseHas(RingFeature feature) {
        String[] since = feature.sinceLinux().split("\\.", -1);
        boolean expected = isAtLeast(Integer.parseInt(since[0]), Integer.parseInt(since[1]));
        assertEquals(expected, features.has(feature), feature::name);
    }

    @Test
    void shouldHaveNothingThatWasNotTried() {
        RingFeatures bare = new RingFeatures(0, 0, new BitSet(), false);
        for (RingFeature feature : RingFeature.values()) {
            assertFalse(bare.has(feature), feature::name);
        }
    }

    @Test
    void shouldProbeOnce() {
        assertSame(features, LinuxKernel.instance().features());
    }

    @Test
    void shouldNotLetCallersChangeTheOpcodes() {
        BitSet mine = new BitSet();
        mine.set(Opcode.NOP);
        RingFeatures own = new RingFeatures(0, 0, mine, false);
        mine.clear();
        assertTrue(own.supports(Opcode.NOP));
        own.opcodes().clear();
        assertTrue(own.supports(Opcode.NOP));
    }

    @Test
    void shouldWorkWithAnIndexArrayAsKernelsBeforeNoSqArrayNeedIt() {
        RingMemory memory =
                Objects.requireNonNull(
                        RingMemory.tryOpen(new RingConfig(8, 256), RingMemory.SETUP_FLAGS)
                                .memory());
        RingFeatures old =
                new RingFeatures(
                        memory.setupFlags(), memory.featureBits(), features.opcodes(), false);
        assertFalse(old.noSqArray());
        try (OpenRing open = OpenRing.of(KernelRing.open(memory, old))) {
            LongStream.range(0, 100).forEach(open::nop);
            List<Long> seen = open.await(100).stream().map(Cqe::userData).toList();
            assertEquals(LongStream.range(0, 100).boxed().toList(), seen);
        }
    }

    @Test
    void shouldWorkWhereWaitingCannotBeKeptOutOfIowait() {
        RingMemory memory =
                Objects.requireNonNull(RingMemory.tryOpen(new RingConfig(8, 16)).memory());
        int bits = memory.featureBits() & ~Features.NO_IOWAIT;
        RingFeatures old = new RingFeatures(memory.setupFlags(), bits, features.opcodes(), false);
        try (OpenRing open = OpenRing.of(KernelRing.open(memory, old))) {
            open.nop(1);
            assertEquals(1, open.await(1).size());
        }
    }

    private static boolean isAtLeast(int major, int minor) {
        return !SystemFacts.read().kernelOlderThan(major, minor);
    }
}
