// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.testing.FakeScheduler;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Flight Recorder is told of a ring. */
class RingEventsTest {
    private static final long SLOW_NANOS = Duration.ofMillis(5).toNanos();

    @TempDir private Path folder;

    private final FakeScheduler scheduler = FakeScheduler.open();

    @AfterEach
    void close() {
        scheduler.close();
    }

    /** Everything that is done in one place and takes long. */
    private static final class Dawdler implements Runnable {
        @Override
        public void run() {
            long start = System.nanoTime();
            while (System.nanoTime() - start < SLOW_NANOS) {
                Thread.onSpinWait();
            }
        }
    }

    /** An operation whose completion takes long. */
    private static final class Slow extends InFlight {
        @Override
        protected void onCompletion(int result, int cqeFlags) {
            new Dawdler().run();
        }

        @Override
        protected void onCancelled() {}
    }

    private List<RecordedEvent> recorded(Recording recording, Runnable work) throws IOException {
        Path file = folder.resolve("recording.jfr");
        try (recording) {
            recording.start();
            work.run();
            recording.stop();
            recording.dump(file);
        }
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().startsWith("uring."))
                .filter(event -> "fake".equals(event.getString("ring")))
                .toList();
    }

    private List<RecordedEvent> recorded(String event, Runnable work) throws IOException {
        Recording recording = new Recording();
        recording.enable(event).withThreshold(Duration.ofMillis(1));
        return recorded(recording, work);
    }

    /** The loop's next turn has seen that somebody records, or that nobody does any more. */
    private void work() {
        scheduler.nextTurn();
        scheduler.run(() -> scheduler.loop().operations().begin(new Slow()).fd(-1));
        scheduler.loop().execute(new Dawdler());
        scheduler.call(
                () -> scheduler.schedule(new Dawdler(), 1, TimeUnit.NANOSECONDS).isDisposed());
        scheduler.run(
                () -> {
                    scheduler.ring().overflow();
                    scheduler.loop().recorder().onStarved(7);
                });
        scheduler.nextTurn();
        scheduler.nextTurn();
    }

    @Test
    void shouldRecordNothingUnasked() throws IOException {
        assertEquals(List.of(), recorded(new Recording(), this::work));
        List<EventType> types =
                FlightRecorder.getFlightRecorder().getEventTypes().stream()
                        .filter(type -> type.getName().startsWith("uring."))
                        .toList();
        assertEquals(4, types.size());
        for (EventType type : types) {
            assertFalse(type.isEnabled(), type::getName);
            assertEquals(List.of("io_uring"), type.getCategoryNames());
        }
    }

    @Test
    void shouldRecordTurns() throws IOException {
        Recording recording = new Recording();
        recording.enable("uring.Turn").withoutThreshold();
        List<RecordedEvent> turns = recorded(recording, this::work);
        assertTrue(turns.stream().anyMatch(turn -> turn.getInt("tasks") > 0), turns::toString);
        assertTrue(turns.stream().anyMatch(turn -> turn.getInt("completions") > 0));
        assertTrue(turns.stream().anyMatch(turn -> turn.getInt("submissions") > 0));
        assertTrue(turns.stream().anyMatch(turn -> turn.getInt("timers") > 0));
        assertTrue(
                turns.stream().anyMatch(turn -> turn.getDuration().toNanos() >= SLOW_NANOS),
                turns::toString);
    }

    @Test
    void shouldRecordSlowHandlersByTheirClasses() throws IOException {
        List<String> handlers =
                recorded("uring.SlowHandler", this::work).stream()
                        .map(event -> event.getClass("handler").getName())
                        .collect(Collectors.toList());
        assertEquals(1, handlers.stream().filter(Slow.class.getName()::equals).count());
        assertEquals(
                2,
                handlers.stream().filter(Dawdler.class.getName()::equals).count(),
                handlers::toString);
    }

    @Test
    void shouldRecordStarvationAndOverflow() throws IOException {
        Recording recording = new Recording();
        recording.enable("uring.Starvation");
        recording.enable("uring.Overflow");
        List<RecordedEvent> events = recorded(recording, this::work);
        assertEquals(
                List.of("uring.Overflow", "uring.Starvation"),
                events.stream().map(event -> event.getEventType().getName()).sorted().toList());
        for (RecordedEvent event : events) {
            if (event.hasField("buffersOut")) {
                assertEquals(7, event.getInt("buffersOut"));
            } else {
                assertEquals(1, event.getLong("overflows"));
            }
        }
    }
}
