// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.proc;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** A set of cores, written as {@code taskset -c} and {@code Cpus_allowed_list} have it: 0,2-3. */
public record Cores(List<Integer> numbers) {
    private static final Pattern COMMA = Pattern.compile(",");

    public Cores {
        numbers = List.copyOf(new TreeSet<>(numbers));
        if (numbers.isEmpty()) {
            throw new IllegalArgumentException("no core");
        }
    }

    public static Cores of(String list) {
        List<Integer> numbers = new ArrayList<>();
        try {
            for (String part : COMMA.split(list.strip(), -1)) {
                int dash = part.indexOf('-');
                int first = Integer.parseInt(dash < 0 ? part : part.substring(0, dash));
                int last = dash < 0 ? first : Integer.parseInt(part.substring(dash + 1));
                for (int core = first; core <= last; core++) {
                    numbers.add(core);
                }
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("cores as in 0,2-3 are wanted, not " + list, e);
        }
        return new Cores(numbers);
    }

    public Cores plus(Cores other) {
        List<Integer> both = new ArrayList<>(numbers);
        both.addAll(other.numbers);
        return new Cores(both);
    }

    public int count() {
        return numbers.size();
    }

    /** As {@code taskset -c} takes it. */
    @Override
    public String toString() {
        StringBuilder list = new StringBuilder();
        for (int from = 0; from < numbers.size(); ) {
            int to = from;
            while (to + 1 < numbers.size() && numbers.get(to + 1) == numbers.get(to) + 1) {
                to++;
            }
            list.append(list.isEmpty() ? "" : ",").append(numbers.get(from));
            if (to > from) {
                list.append('-').append(numbers.get(to));
            }
            from = to + 1;
        }
        return list.toString();
    }
}
