// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Where the decisions of one simulation come from, those of its kernel and those of the test: from
 * a seed, or from a {@link Schedule} that is replayed. Every decision is a number, and 0 stands for
 * what happens on a calm day, which is what makes runs comparable: the fewer decisions differ from
 * 0, the easier a run is to follow.
 *
 * <p>Good for one run. Used by whichever thread has the turn.
 */
public final class Choices {
    /** Lines of the trace that a run keeps which is written down. */
    private static final int LINES_MAX = 20_000;

    /** What is written down has an end: so many steps, and so many decisions, are too many. */
    static final int LENGTH_MAX = 300_000;

    /** How the message of a run begins that goes in circles. */
    static final String ENDLESS = "no end after ";

    private final long seed;
    private final @Nullable Script script;
    private final SplittableRandom random;
    private final List<String> events = new ArrayList<>();
    private Trace trace = new Trace(LINES_MAX);
    private int randoms;
    private int lengthMax;

    private Choices(long seed, @Nullable Script script) {
        this.seed = seed;
        this.script = script;
        this.lengthMax = script == null ? Integer.MAX_VALUE : LENGTH_MAX;
        this.random = new SplittableRandom(~seed);
    }

    /** By chance: every seed is another run. */
    public static Choices seeded(long seed) {
        return new Choices(seed, null);
    }

    /** The run of {@link #seeded}, written down for {@link #schedule}. */
    public static Choices recorded(long seed) {
        return new Choices(seed, new Script());
    }

    /** As {@code schedule} says, and written down. */
    public static Choices replayed(Schedule schedule) {
        return new Choices(schedule.seed(), new Script(schedule.choices()));
    }

    /** A run that takes more steps, or more decisions, than this fails. */
    Choices limit(int steps) {
        lengthMax = steps;
        return this;
    }

    boolean isTooLong() {
        return trace.count() > lengthMax;
    }

    public long seed() {
        return seed;
    }

    /** Whether a schedule decides. */
    public boolean isReplay() {
        return script != null && script.isReplay();
    }

    boolean isWrittenDown() {
        return script != null;
    }

    /**
     * One of {@code bound} possibilities, of which 0 is the calm one.
     *
     * @param what whose decision it is, in a word or two without a comma
     */
    public int below(String what, int bound) {
        int drawn = random.nextInt(bound);
        return script == null ? drawn : (int) decideForTest(what, bound, drawn);
    }

    /**
     * For whatever a test draws, where 0 and false are the calm answers. Each decision has the name
     * of the line that asks for it; lines of {@code helpers} pass that on to their callers. What is
     * not drawn from a range, such as bytes, follows from the seed alone.
     */
    public Random random(Class<?>... helpers) {
        return new ChosenRandom(this, seed + randoms++, List.of(helpers));
    }

    /** What was decided, in order; only where it is written down. */
    public Schedule schedule() {
        return new Schedule(seed, script == null ? List.of() : List.copyOf(script.made()));
    }

    /**
     * From 0 to {@code bound} - 1.
     *
     * @param drawn what it is where chance decides
     * @param words what happened, as a format of the decision and its bound
     */
    long decide(String what, long bound, long drawn, String words) {
        if (script == null) {
            return drawn;
        }
        long value = script.decide(what, bound, drawn);
        if (value != 0) {
            String event = String.format(words, value, bound);
            events.add(event);
            trace.event(event);
        }
        return value;
    }

    /** A decision of the test's, which may go in circles by itself. */
    long decideForTest(String what, long bound, long drawn) {
        if (script != null && script.made().size() > lengthMax) {
            throw new AssertionError(ENDLESS + lengthMax + " decisions");
        }
        return decide(what, bound, drawn, what + " draws %d of 0 to " + (bound - 1));
    }

    /** A simulation begins: what was decided before stands at the beginning of its trace. */
    Trace begin() {
        if (!isWrittenDown()) {
            trace = new Trace();
        }
        return trace;
    }

    /** How many things have happened in the simulation. */
    public long steps() {
        return trace.count();
    }

    /** What differs from a calm day, in words and in order. */
    List<String> events() {
        return List.copyOf(events);
    }

    /** What has happened last, with the events among it. */
    List<String> story() {
        return trace.all();
    }
}
