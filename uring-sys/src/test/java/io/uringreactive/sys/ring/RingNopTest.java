// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.sys.abi.Errno;
import io.uringreactive.sys.abi.Opcode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Submission and completion on the running kernel, with the operation that does nothing. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RingNopTest {
    @Test
    void shouldReturnEveryUserDataInOrder() {
        List<Long> sent = List.of(0L, 1L, Long.MAX_VALUE, Long.MIN_VALUE, 0x1_0000_0000L, -2L);
        try (OpenRing open = OpenRing.open()) {
            sent.forEach(open::nop);
            List<Cqe> cqes = open.await(sent.size());
            assertEquals(sent.stream().map(data -> new Cqe(data, 0, 0)).toList(), cqes);
        }
    }

    @Test
    void shouldPublishReservedSqesOnlyByAnEnter() {
        try (OpenRing open = OpenRing.open()) {
            assertEquals(0, open.ring.unsubmitted());
            open.nop(1);
            open.nop(2);
            assertEquals(2, open.ring.unsubmitted());
            assertEquals(0, open.ring.completions());

            open.ring.enter(0);
            assertEquals(0, open.ring.unsubmitted());
            assertEquals(2, open.ring.completions());
        }
    }

    @Test
    void shouldCountWhatItDid() {
        try (OpenRing open = OpenRing.open()) {
            assertEquals(new RingCounters(0, 0, 0, 0), open.ring.counters());
            LongStream.range(0, 5).forEach(open::nop);
            open.poll();
            // The first enter also submits the poll that other threads wake the ring by.
            assertEquals(new RingCounters(1, 6, 5, 0), open.ring.counters());
            open.poll();
            assertEquals(new RingCounters(2, 6, 5, 0), open.ring.counters());
        }
    }

    @Test
    void shouldSubmitByItselfWhenTheSubmissionQueueIsFull() {
        try (OpenRing open = OpenRing.open(8, 256)) {
            assertEquals(8, open.ring.submissionEntries());
            LongStream.range(0, 100).forEach(open::nop);
            assertTrue(open.ring.unsubmitted() <= 8, "the queue has room for 8");
            assertTrue(open.ring.counters().enters() >= 100 / 8, "reserve entered by itself");
            assertEquals(userData(100), open.await(100).stream().map(Cqe::userData).toList());
        }
    }

    @Test
    void shouldDrainNoMoreThanTheLimit() {
        try (OpenRing open = OpenRing.open()) {
            LongStream.range(0, 10).forEach(open::nop);
            open.ring.enter(0);
            List<Long> seen = new ArrayList<>();
            CompletionHandler handler = (userData, result, flags) -> seen.add(userData);
            assertEquals(0, open.ring.drain(handler, 0));
            assertEquals(3, open.ring.drain(handler, 3));
            assertEquals(7, open.ring.completions());
            assertEquals(7, open.ring.drain(handler, 100));
            assertEquals(0, open.ring.drain(handler, 100));
            assertEquals(userData(10), seen);
        }
    }

    @Test
    void shouldLeaveForTheNextDrainWhatAHandlerCausesToComplete() {
        try (OpenRing open = OpenRing.open()) {
            open.nop(1);
            open.ring.enter(0);
            List<Long> seen = new ArrayList<>();
            CompletionHandler handler =
                    (userData, result, flags) -> {
                        seen.add(userData);
                        open.nop(userData + 1);
                        open.ring.enter(0);
                    };
            assertEquals(1, open.ring.drain(handler, Integer.MAX_VALUE));
            assertEquals(1, open.ring.drain(handler, Integer.MAX_VALUE));
            assertEquals(List.of(1L, 2L), seen);
        }
    }

    @Test
    void shouldConsumeTheCqeOfAHandlerThatThrows() {
        try (OpenRing open = OpenRing.open()) {
            open.nop(1);
            open.nop(2);
            open.ring.enter(0);
            assertThrows(
                    ArithmeticException.class,
                    () ->
                            open.ring.drain(
                                    (userData, result, flags) -> {
                                        throw new ArithmeticException();
                                    },
                                    Integer.MAX_VALUE));
            assertEquals(1, open.drain());
            assertEquals(List.of(new Cqe(2, 0, 0)), open.drained);
            assertEquals(2, open.ring.counters().completions());
        }
    }

    @Test
    void shouldAnswerABadSqeAndSubmitTheOnesBehindIt() {
        try (OpenRing open = OpenRing.open()) {
            open.nop(1);
            open.nop(2).opcode(255);
            open.nop(3);
            open.nop(4).opcode(Opcode.RECV).fd(-1);
            open.nop(5);
            // Linux 6.1 answers failures first, others when all is submitted.
            List<Cqe> cqes =
                    open.poll().stream().sorted(Comparator.comparingLong(Cqe::userData)).toList();
            assertEquals(List.of(1L, 2L, 3L, 4L, 5L), cqes.stream().map(Cqe::userData).toList());
            assertEquals(
                    List.of("errno 0", "EINVAL", "errno 0", "EBADF", "errno 0"),
                    cqes.stream().map(cqe -> Errno.name(cqe.result())).toList());
        }
    }

    @Test
    void shouldHandOutZeroedSqes() {
        try (OpenRing open = OpenRing.open(8, 16)) {
            for (int round = 0; round < 40; round++) {
                var sqe = open.ring.reserve();
                assertEquals(0, sqe.len() | sqe.fd() | sqe.fileIndex() | sqe.ioprio());
                assertEquals(0, sqe.addr() | sqe.off() | sqe.userData());
                // Rubbish in fields that a NOP does not look at, for the next round to find.
                sqe.opcode(Opcode.NOP).userData(round).off(-1).addr(-1);
                open.poll();
            }
        }
    }

    private static List<Long> userData(int count) {
        return LongStream.range(0, count).boxed().toList();
    }
}
