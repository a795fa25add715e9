// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The heap of timers against a sorted list. */
class TimersTest {
    private final Timers timers = new Timers();

    /** A timer that also knows its deadline relative to the test's epoch, which cannot wrap. */
    private static final class Entry extends Timers.Timer {
        final long relativeNanos;
        int order;

        Entry(long epoch, long relativeNanos) {
            this.relativeNanos = relativeNanos;
            deadlineNanos = epoch + relativeNanos;
        }

        @Override
        void fire() {}
    }

    private static final Comparator<Entry> EARLIEST_FIRST =
            Comparator.<Entry>comparingLong(entry -> entry.relativeNanos)
                    .thenComparingInt(entry -> entry.order);

    @ParameterizedTest
    @ValueSource(longs = {0, -1_000, Long.MAX_VALUE - 5_000, Long.MIN_VALUE, Long.MIN_VALUE / 2})
    void shouldBehaveLikeASortedListWhateverTheClockShows(long epoch) {
        for (long seed = 1; seed <= 40; seed++) {
            compareWithModel(epoch, new Random(seed), "epoch " + epoch + ", seed " + seed);
        }
    }

    private static void compareWithModel(long epoch, Random random, String run) {
        Timers timers = new Timers();
        List<Entry> model = new ArrayList<>();
        long now = 0;
        int added = 0;
        for (int step = 0; step < 1_500; step++) {
            int choice = random.nextInt(10);
            if (choice < 5) {
                Entry entry = new Entry(epoch, now + random.nextInt(200) - 20);
                entry.order = added++;
                timers.add(entry);
                model.add(entry);
            } else if (choice < 7 && !model.isEmpty()) {
                Entry entry = model.remove(random.nextInt(model.size()));
                timers.remove(entry);
                timers.remove(entry); // a second time does nothing
                if (random.nextBoolean()) {
                    entry.order = added++;
                    timers.add(entry);
                    model.add(entry);
                }
            } else {
                now += random.nextInt(60);
                model.sort(EARLIEST_FIRST);
                while (!model.isEmpty() && model.getFirst().relativeNanos <= now) {
                    assertSame(model.removeFirst(), timers.takeDue(epoch + now), run);
                }
                assertNull(timers.takeDue(epoch + now), run);
            }
            assertEquals(model.size(), timers.size(), run);
            long next =
                    model.isEmpty()
                            ? Long.MAX_VALUE
                            : Math.max(
                                    0, Collections.min(model, EARLIEST_FIRST).relativeNanos - now);
            assertEquals(next, timers.nanosToNext(epoch + now), run);
        }
    }

    @Test
    void shouldFireTimersOfOneDeadlineInTheOrderInWhichTheyWereSet() {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Entry entry = new Entry(0, 7);
            entries.add(entry);
            timers.add(entry);
        }
        for (int i = 0; i < 100; i += 3) {
            timers.remove(entries.get(i));
        }
        for (int i = 0; i < 100; i++) {
            if (i % 3 != 0) {
                assertSame(entries.get(i), timers.takeDue(7), "timer " + i);
            }
        }
    }

    @Test
    void shouldPutATimerThatIsSetAgainBehindItsEquals() {
        Entry first = new Entry(0, 5);
        Entry second = new Entry(0, 5);
        timers.add(first);
        timers.add(second);
        timers.remove(first);
        timers.add(first);
        assertSame(second, timers.takeDue(5));
        assertSame(first, timers.takeDue(5));
    }

    @Test
    void shouldFireAnOverdueTimerBeforeTheLongestDelay() {
        long now = 1_000;
        Entry endless = new Entry(now, Timers.DELAY_NANOS_MAX);
        Entry overdue = new Entry(now, -900);
        timers.add(endless);
        timers.add(overdue);
        assertSame(overdue, timers.takeDue(now));
        assertNull(timers.takeDue(now));
        assertEquals(Timers.DELAY_NANOS_MAX, timers.nanosToNext(now));
    }

    @Test
    void shouldHaveNothingToWaitForWhenEmpty() {
        assertEquals(Long.MAX_VALUE, timers.nanosToNext(0));
        assertNull(timers.takeDue(Long.MAX_VALUE));
        Entry never = new Entry(0, 1);
        timers.remove(never);
        assertEquals(0, timers.size());
        timers.add(never);
        assertNotNull(timers.takeDue(1));
    }
}
