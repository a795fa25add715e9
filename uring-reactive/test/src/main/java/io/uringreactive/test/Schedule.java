// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * The decisions of one run, in order. What is not among them is decided as on a calm day: no fault,
 * no delay, the kernel before the loops, the first of several, all at once. So a schedule is known
 * by its events alone, and its text names only those: {@code 17:DELAY@3=1200,SHORT_SEND@1=5} is
 * seed 17 with the third delay being 1,200 ns and the first send short.
 *
 * @param seed of what no decision hangs on: the content of what is sent, keys
 */
public record Schedule(long seed, List<Choice> choices) {
    public Schedule {
        choices = List.copyOf(choices);
    }

    /** The calm day. */
    public static Schedule calm(long seed) {
        return new Schedule(seed, List.of());
    }

    /**
     * The schedule that {@link #toString} has written.
     *
     * @throws IllegalArgumentException when {@code text} is not one
     */
    public static Schedule parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("no schedule, without a seed: " + text);
        }
        List<Choice> choices = new ArrayList<>();
        Map<String, Integer> counts = new HashMap<>();
        String events = text.substring(colon + 1);
        for (String event : events.isEmpty() ? new String[0] : events.split(",", -1)) {
            int at = event.lastIndexOf('@');
            int equals = event.lastIndexOf('=');
            if (at < 0 || equals < at) {
                throw new IllegalArgumentException("not WHAT@NUMBER=VALUE: " + event);
            }
            String what = event.substring(0, at);
            int number = Integer.parseInt(event.substring(at + 1, equals));
            long value = Long.parseLong(event.substring(equals + 1));
            for (int i = counts.getOrDefault(what, 0) + 1; i < number; i++) {
                choices.add(new Choice(what, 0));
            }
            choices.add(new Choice(what, value));
            counts.put(what, number);
        }
        return new Schedule(Long.parseLong(text.substring(0, colon)), choices);
    }

    /** How many of the decisions differ from those of a calm day. */
    public int events() {
        int count = 0;
        for (Choice choice : choices) {
            if (choice.isEvent()) {
                count++;
            }
        }
        return count;
    }

    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(",", seed + ":", "");
        Map<String, Integer> counts = new HashMap<>();
        for (Choice choice : choices) {
            int number = counts.merge(choice.what(), 1, Integer::sum);
            if (choice.isEvent()) {
                text.add(choice.what() + "@" + number + "=" + choice.value());
            }
        }
        return text.toString();
    }
}
