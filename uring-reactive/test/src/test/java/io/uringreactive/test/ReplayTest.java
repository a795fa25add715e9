// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.sys.abi.Opcode;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Decisions that are written down, and made again. */
class ReplayTest {
    /** What happens in a run with much to decide. */
    private static long digest(Choices choices) {
        SimulationFaults faults =
                SimulationFaults.heavy().without(Fault.CONNECT_ERROR).without(Fault.INTERRUPTED);
        SimulationOptions options = SimulationOptions.defaults().withFaults(faults);
        try (SimulatedKernel kernel = SimulatedKernel.create(choices, options)) {
            List<LoopThread> loops =
                    Stream.of(1, 2)
                            .map(i -> LoopThread.start(kernel, ReplayTest::chatter))
                            .toList();
            kernel.run(() -> loops.stream().allMatch(LoopThread::isDone));
            loops.forEach(LoopThread::rethrow);
            return kernel.traceDigest();
        }
    }

    private static void chatter(Loop loop) {
        for (int i = 0; i < 30; i++) {
            loop.prepare(Opcode.NOP, -1, 100 + i);
            loop.prepare(Opcode.NOP, -1, 200 + i);
            loop.await(200 + i);
            loop.await(100 + i);
        }
    }

    @Test
    void shouldDoTheSameWhetherItIsWrittenDownOrNot() {
        assertEquals(digest(Choices.seeded(3)), digest(Choices.recorded(3)));
    }

    @Test
    void shouldRepeatWhatWasWrittenDown() {
        Choices first = Choices.recorded(3);
        long digest = digest(first);
        assertTrue(first.schedule().events() > 10, first.schedule()::toString);
        Choices again = Choices.replayed(first.schedule());
        assertEquals(digest, digest(again));
        assertEquals(first.schedule(), again.schedule());
        Schedule read = Schedule.parse(first.schedule().toString());
        assertEquals(digest, digest(Choices.replayed(read)), "by its text");
        assertNotEquals(digest, digest(Choices.replayed(Schedule.calm(3))));
    }

    @Test
    void shouldTellOfEveryEventInTheTrace() {
        Choices choices = Choices.recorded(3);
        digest(choices);
        long told = choices.story().stream().filter(line -> line.startsWith(Trace.EVENT)).count();
        assertEquals(choices.schedule().events(), told);
    }

    @Test
    void shouldDecideAsOnACalmDayWhereNothingOrNothingFittingIsGiven() {
        Choices choices = Choices.replayed(Schedule.parse("1:a@2=5,b@1=9"));
        assertEquals(0, choices.below("a", 10));
        assertEquals(5, choices.below("a", 10));
        assertEquals(0, choices.below("a", 10));
        assertEquals(0, choices.below("b", 9), "out of range");
        assertEquals("1:a@2=5", choices.schedule().toString());
    }

    @Test
    void shouldWriteSchedulesAsTheyAreRead() {
        for (String text : List.of("17:", "-3:a@1=1,a@3=2,File.java:12@2=7", "0:b@1=9999999999")) {
            assertEquals(text, Schedule.parse(text).toString());
        }
        for (String text : List.of("a@1=1", "1:a", "1:a@1", "1:a@x=1", "x:a@1=1", "1:,")) {
            assertThrows(IllegalArgumentException.class, () -> Schedule.parse(text), text);
        }
    }

    /** Passes its caller's name on. */
    private static final class Drawer {
        static int draw(Random random) {
            return random.nextInt(5);
        }
    }

    @Test
    void shouldNameADrawnNumberByTheLineThatDrawsIt() {
        Choices choices = Choices.recorded(1);
        Random random = choices.random(Drawer.class);
        random.nextBoolean();
        random.nextInt(3, 9);
        random.nextBytes(new byte[10]);
        Drawer.draw(random);
        List<Choice> made = choices.schedule().choices();
        assertEquals(3, made.size(), made::toString);
        for (Choice choice : made) {
            assertTrue(choice.what().startsWith("ReplayTest.java:"), choice.what());
        }
        assertNotEquals(made.getFirst().what(), made.getLast().what());
    }

    @Test
    void shouldTakeFailuresForTheSameWhateverTheirNumbers() {
        assertEquals(
                Failure.of(new AssertionError("leaked: fd 5; fd 7\n seed 1")),
                Failure.of(new AssertionError("leaked: fd 6\n seed 2")));
        assertNotEquals(
                Failure.of(new AssertionError("leaked: fd 5")),
                Failure.of(new AssertionError("deadlock: nothing can happen any more")));
    }

    /** "expected: <0> but was: <1>" alone says nothing. */
    @Test
    void shouldTellComparisonsApartByTheirLines() {
        List<Failure> failures =
                Stream.of(1, 2).map(i -> failure(() -> assertEquals(0, i))).distinct().toList();
        assertEquals(1, failures.size());
        assertNotEquals(failures.getFirst(), failure(() -> assertEquals(0, 3)));
    }

    private static Failure failure(Executable test) {
        return Failure.of(assertThrows(AssertionError.class, test));
    }
}
