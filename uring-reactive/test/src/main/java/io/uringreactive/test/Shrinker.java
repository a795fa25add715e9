// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Looks for the simplest schedule under which a scenario still fails for the same reason: runs it
 * again and again with some of the decisions as on a calm day, left out, or smaller, and keeps what
 * fails. It knows nothing of the scenario; whatever a scenario and its kernel decide through {@link
 * Choices} shrinks alike.
 *
 * <pre>{@code
 * Shrunk shrunk = Shrinker.shrink(this::scenario, Choices.recorded(17), Duration.ofMinutes(1));
 * System.out.println(shrunk.report());
 * }</pre>
 *
 * The result is simple, not the simplest there is: no single event of it can be left out, as far as
 * time allowed to try.
 */
public final class Shrinker {
    /** A test that depends on its choices alone. */
    @FunctionalInterface
    public interface Scenario {
        void run(Choices choices) throws Exception;
    }

    /** A run that is so much longer than the first one goes in circles. */
    private static final int LONGER = 4;

    private static final int LENGTH_LEAST = 5_000;

    /** What goes in circles itself is run no longer than that, at first. */
    private static final int LENGTH_ENDLESS = 20_000;

    /** How many decisions may go together with one round of a loop. */
    private static final int ROUND_MAX = 64;

    /** Into how many blocks a run is divided at most, to leave one out. */
    private static final int BLOCKS_MAX = 400;

    private final Scenario scenario;
    private final Failure failure;
    private final int lengthMax;
    private final long end;
    private final Set<String> tried = new HashSet<>();
    private Trial best;
    private int runs = 1;

    private Shrinker(Scenario scenario, Trial first, Throwable thrown, long end) {
        this.scenario = scenario;
        this.failure = Failure.of(thrown);
        this.best = first;
        this.end = end;
        long length = Math.max(first.steps(), first.made().choices().size());
        this.lengthMax =
                failure.isEndless()
                        ? LENGTH_ENDLESS
                        : (int) Math.max(LENGTH_LEAST, LONGER * length);
    }

    /**
     * Shrinks what {@code failing} decides, which are {@link Choices#recorded} or {@link
     * Choices#replayed}.
     *
     * @param budget how long to look, in real time
     * @throws IllegalArgumentException when {@code scenario} does not fail under them
     */
    public static Shrunk shrink(Scenario scenario, Choices failing, Duration budget) {
        long begin = System.nanoTime();
        Trial first = Trial.of(scenario, failing);
        Throwable thrown = first.thrown();
        if (thrown == null) {
            throw new IllegalArgumentException("there is nothing to shrink: it does not fail");
        }
        Shrinker shrinker = new Shrinker(scenario, first, thrown, begin + budget.toNanos());
        shrinker.run();
        return new Shrunk(
                first.made(),
                shrinker.best,
                shrinker.runs,
                Duration.ofNanos(System.nanoTime() - begin),
                !shrinker.isOver());
    }

    private boolean isOver() {
        return System.nanoTime() - end >= 0;
    }

    private void run() {
        tried.add(best.made().toString());
        fails(List.of());
        boolean simpler = true;
        while (simpler && !isOver()) {
            simpler = calmBlocks();
            simpler |= leaveOutBlocks();
            simpler |= lower();
            simpler |= leaveOutRounds();
        }
    }

    private List<Choice> choices() {
        return best.made().choices();
    }

    private int[] events() {
        List<Choice> choices = choices();
        return IntStream.range(0, choices.size()).filter(i -> choices.get(i).isEvent()).toArray();
    }

    /** Runs with {@code candidate}, and keeps it when it fails alike and is simpler. */
    private boolean fails(List<Choice> candidate) {
        Schedule schedule = new Schedule(best.made().seed(), candidate);
        if (isOver() || !tried.add(schedule.toString())) {
            return false;
        }
        Trial trial = attempt(schedule, lengthMax);
        if (!trial.failsAs(failure) || !trial.isSimplerThan(best)) {
            return false;
        }
        if (failure.isEndless() && !attempt(schedule, Choices.LENGTH_MAX).failsAs(failure)) {
            return false; // it was only long
        }
        best = trial;
        return true;
    }

    private Trial attempt(Schedule schedule, int length) {
        runs++;
        return Trial.of(scenario, Choices.replayed(schedule).limit(length));
    }

    /** Blocks of events, large ones first, as if they had not happened. */
    private boolean calmBlocks() {
        boolean simpler = false;
        for (int size = events().length; size > 0; size /= 2) {
            int to = events().length;
            while (to > 0 && !isOver()) {
                int from = Math.max(0, to - size);
                simpler |= fails(withCalm(events(), from, to));
                to = Math.min(from, events().length);
            }
        }
        return simpler;
    }

    private List<Choice> withCalm(int[] events, int from, int to) {
        List<Choice> candidate = new ArrayList<>(choices());
        for (int i = from; i < to; i++) {
            candidate.set(events[i], candidate.get(events[i]).calmed());
        }
        return candidate;
    }

    /** Blocks of decisions, calm ones too: what comes behind them moves up. */
    private boolean leaveOutBlocks() {
        boolean simpler = false;
        int least = Math.max(1, choices().size() / BLOCKS_MAX);
        for (int size = choices().size() / 2; size >= least; size /= 2) {
            int to = choices().size();
            while (to > 0 && !isOver()) {
                int from = Math.max(0, to - size);
                simpler |= fails(without(choices(), from, to));
                to = Math.min(from, choices().size());
            }
        }
        return simpler;
    }

    private static List<Choice> without(List<Choice> choices, int from, int to) {
        List<Choice> candidate = new ArrayList<>(choices.subList(0, from));
        candidate.addAll(choices.subList(to, choices.size()));
        return candidate;
    }

    /** Smaller numbers: fewer bytes, shorter delays, earlier ways to fail. */
    private boolean lower() {
        boolean simpler = false;
        for (int i = 0; i < events().length && !isOver(); i++) {
            simpler |= lower(i);
        }
        return simpler;
    }

    private boolean lower(int event) {
        long most = choices().get(events()[event]).value();
        long least = 1;
        boolean simpler = false;
        // The usual search, though it need not be that whatever is larger fails too.
        while (least < most && event < events().length && !isOver()) {
            long middle = least + (most - least) / 2;
            if (fails(withValue(events()[event], middle))) {
                simpler = true;
                most = middle;
            } else {
                least = middle + 1;
            }
        }
        return simpler;
    }

    private List<Choice> withValue(int place, long value) {
        List<Choice> candidate = new ArrayList<>(choices());
        candidate.set(place, new Choice(candidate.get(place).what(), value));
        return candidate;
    }

    /** One less of something, together with the decisions that this one takes. */
    private boolean leaveOutRounds() {
        boolean simpler = false;
        for (int i = 0; i < events().length && !isOver(); i++) {
            for (int size = 1; size <= ROUND_MAX && i < events().length; size++) {
                int place = events()[i];
                List<Choice> lowered = withValue(place, choices().get(place).value() - 1);
                int to = Math.min(place + 1 + size, lowered.size());
                simpler |= fails(without(lowered, place + 1, to));
            }
        }
        return simpler;
    }
}
