// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.frame;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;

/**
 * Several delimiters as one automaton (Aho and Corasick's): a state is the longest end of what was
 * seen that begins a delimiter, and each byte leads to the next state. Immutable, shared by all
 * subscriptions.
 */
final class Delimiters {
    private static final int BYTES = 256;

    /** By state and byte. State 0 is the start. */
    private int[] next = new int[BYTES];

    /** By state: how many bytes of a delimiter it stands for. */
    private int[] depth = new int[1];

    /** By state: the longest delimiter that ends there; 0 where none does. */
    private int[] ends = new int[1];

    private int states = 1;
    private int longest;

    Delimiters(List<byte[]> delimiters) {
        delimiters.forEach(this::add);
        connect();
    }

    private void add(byte[] delimiter) {
        int state = 0;
        for (byte b : delimiter) {
            int edge = state * BYTES + Byte.toUnsignedInt(b);
            if (next[edge] == 0) {
                int child = newState(depth[state] + 1);
                next[edge] = child; // not in one statement: a new state has a new table
            }
            state = next[edge];
        }
        ends[state] = delimiter.length;
        longest = Math.max(longest, delimiter.length);
    }

    private int newState(int depthOfState) {
        int state = states++;
        next = Arrays.copyOf(next, states * BYTES);
        depth = Arrays.copyOf(depth, states);
        ends = Arrays.copyOf(ends, states);
        depth[state] = depthOfState;
        return state;
    }

    /**
     * Where a byte leads nowhere, it leads where it would from the next shorter end; breadth first.
     */
    private void connect() {
        int[] shorter = new int[states];
        ArrayDeque<Integer> open = new ArrayDeque<>(List.of(0));
        while (!open.isEmpty()) {
            int state = open.remove();
            for (int b = 0; b < BYTES; b++) {
                int edge = state * BYTES + b;
                int fallback = state == 0 ? 0 : next[shorter[state] * BYTES + b];
                int child = next[edge];
                if (child == 0) {
                    next[edge] = fallback;
                } else {
                    shorter[child] = fallback;
                    ends[child] = ends[child] == 0 ? ends[fallback] : ends[child];
                    open.add(child);
                }
            }
        }
    }

    int next(int state, byte b) {
        return next[state * BYTES + Byte.toUnsignedInt(b)];
    }

    int depth(int state) {
        return depth[state];
    }

    int ends(int state) {
        return ends[state];
    }

    int longest() {
        return longest;
    }
}
