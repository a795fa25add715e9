// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import java.util.List;
import java.util.Random;

/** A test's random numbers: those of a range are decisions, named by the line that draws them. */
final class ChosenRandom extends Random {
    private static final long serialVersionUID = 1L;

    private static final StackWalker CALLERS =
            StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    private final transient Choices choices;
    private final transient List<Class<?>> helpers;

    ChosenRandom(Choices choices, long seed, List<Class<?>> helpers) {
        super(seed);
        this.choices = choices;
        this.helpers = helpers;
    }

    @Override
    public int nextInt(int bound) {
        int drawn = super.nextInt(bound);
        return choices.isWrittenDown()
                ? (int) choices.decideForTest(caller(), bound, drawn)
                : drawn;
    }

    @Override
    public int nextInt(int origin, int bound) {
        return origin + nextInt(bound - origin);
    }

    @Override
    public boolean nextBoolean() {
        boolean drawn = super.nextBoolean();
        return choices.isWrittenDown()
                ? choices.decideForTest(caller(), 2, drawn ? 1 : 0) != 0
                : drawn;
    }

    private String caller() {
        return CALLERS.walk(
                frames ->
                        frames.filter(frame -> !isHelper(frame.getDeclaringClass()))
                                .findFirst()
                                .map(frame -> frame.getFileName() + ":" + frame.getLineNumber())
                                .orElse("a test"));
    }

    private boolean isHelper(Class<?> type) {
        return type.equals(ChosenRandom.class) || helpers.contains(type);
    }
}
