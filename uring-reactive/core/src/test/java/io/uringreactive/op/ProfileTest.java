// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.uringreactive.Completion;
import io.uringreactive.OperationForbidden;
import io.uringreactive.Profile;
import io.uringreactive.RingGroup;
import io.uringreactive.RingScheduler;
import io.uringreactive.sys.abi.Errno;
import io.uringreactive.sys.abi.Opcode;
import io.uringreactive.sys.abi.SqeFlags;
import io.uringreactive.sys.ring.LinuxKernel;
import io.uringreactive.testing.Rings;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** What the kernel lets rings of each profile do. */
class ProfileTest {
    private static void on(Profile profile, Consumer<RingScheduler> test) {
        RingGroup group = Rings.group(Rings.options(1).profile(profile));
        try {
            test.accept(group.next());
        } finally {
            Rings.stop(group);
        }
    }

    /** Nothing but the opcode, and no descriptor: whatever is let in fails at once. */
    private static Mono<Completion> bare(RingScheduler ring, int opcode) {
        return ring.submit((sqe, memory) -> sqe.opcode(opcode).fd(-1));
    }

    private static @Nullable Throwable errorOf(Mono<Completion> submission) {
        return submission
                .then(Mono.<Throwable>empty())
                .onErrorResume(Mono::just)
                .block(Rings.LIMIT);
    }

    /** The kernel itself is asked, for every opcode that it knows. */
    @ParameterizedTest
    @EnumSource(names = {"NETWORK", "NETWORK_AND_FILES"})
    void shouldLetInWhatItListsAndNothingElse(Profile profile) {
        BitSet known = LinuxKernel.instance().features().opcodes();
        // With no user_data of its own this one finds an operation of the ring's.
        known.clear(Opcode.ASYNC_CANCEL);
        // They need SQEs of 128 bytes: without those they are refused before anybody looks (6.19).
        known.clear(Opcode.NOP128);
        known.clear(Opcode.URING_CMD128);
        on(
                profile,
                ring -> {
                    List<String> wrong = new ArrayList<>();
                    known.stream()
                            .filter(
                                    opcode ->
                                            profile.allows(opcode)
                                                    == (errorOf(bare(ring, opcode))
                                                            instanceof OperationForbidden))
                            .forEach(opcode -> wrong.add(Opcode.name(opcode)));
                    assertEquals(List.of(), wrong);
                });
    }

    @Test
    void shouldNameTheProfileToChoose() {
        on(
                Profile.NETWORK,
                ring -> {
                    OperationForbidden error =
                            assertInstanceOf(
                                    OperationForbidden.class, errorOf(bare(ring, Opcode.OPENAT)));
                    String message = String.valueOf(error.getMessage());
                    assertTrue(message.contains("OPENAT"), message);
                    assertTrue(message.contains("profile NETWORK does not"), message);
                    assertTrue(message.contains("profile NETWORK_AND_FILES"), message);
                    assertEquals(Errno.EACCES.number(), error.errno());
                    OperationForbidden files =
                            assertInstanceOf(
                                    OperationForbidden.class, errorOf(bare(ring, Opcode.MADVISE)));
                    assertTrue(String.valueOf(files.getMessage()).endsWith("profile ALL (EACCES)"));
                });
    }

    @Test
    void shouldFailAMultishotLikewise() {
        assumeTrue(
                LinuxKernel.instance().features().supports(Opcode.READ_MULTISHOT),
                "missing kernel feature: READ_MULTISHOT (Linux 6.7)");
        on(
                Profile.NETWORK,
                ring ->
                        StepVerifier.create(
                                        ring.submitMultishot(
                                                (sqe, memory) -> sqe.opcode(Opcode.READ_MULTISHOT)))
                                .expectError(OperationForbidden.class)
                                .verify(Rings.LIMIT));
    }

    @Test
    void shouldAllowAnythingWithAll() {
        on(
                Profile.ALL,
                ring ->
                        StepVerifier.create(bare(ring, Opcode.MADVISE))
                                .expectNextCount(1)
                                .expectComplete()
                                .verify(Rings.LIMIT));
    }

    /** A file that may not be opened is not the profile's doing. */
    @Test
    void shouldTellAProfileFromAPermission() {
        on(
                Profile.NETWORK_AND_FILES,
                ring ->
                        StepVerifier.create(
                                        ring.submit(
                                                (sqe, memory) ->
                                                        sqe.opcode(Opcode.OPENAT)
                                                                .fd(-1)
                                                                .addr(
                                                                        memory.allocateFrom(
                                                                                "/no/such"))))
                                .assertNext(c -> assertEquals(-Errno.ENOENT.number(), c.result()))
                                .expectComplete()
                                .verify(Rings.LIMIT));
    }

    /** IO_DRAIN is refused by this library already, FIXED_FILE is let in and finds no table. */
    @Test
    void shouldAllowTheFlagsOfSockets() {
        on(
                Profile.NETWORK,
                ring ->
                        StepVerifier.create(
                                        ring.submit(
                                                (sqe, memory) ->
                                                        sqe.opcode(Opcode.RECV)
                                                                .flags(SqeFlags.FIXED_FILE)
                                                                .fd(0)))
                                .assertNext(c -> assertEquals(-Errno.EBADF.number(), c.result()))
                                .expectComplete()
                                .verify(Rings.LIMIT));
    }

    @Test
    void shouldWidenFromOneProfileToTheNext() {
        IntStream.range(0, 256)
                .forEach(
                        opcode -> {
                            assertTrue(
                                    !Profile.NETWORK.allows(opcode)
                                            || Profile.NETWORK_AND_FILES.allows(opcode));
                            assertTrue(Profile.ALL.allows(opcode));
                        });
        assertEquals(Profile.NETWORK, Profile.of(Opcode.RECV));
        assertEquals(Profile.NETWORK_AND_FILES, Profile.of(Opcode.READ));
        assertEquals(Profile.ALL, Profile.of(Opcode.URING_CMD));
        assertFalse(Profile.NETWORK.allows(Opcode.OPENAT));
    }
}
