// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.endurance;

import io.uringreactive.ReceiveMode;
import io.uringreactive.RingGroupOptions;
import io.uringreactive.sys.ring.LinuxKernel;
import io.uringreactive.sys.ring.RingFeature;
import io.uringreactive.sys.ring.RingFeatures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One way to run a server.
 *
 * @param polling whether a kernel thread takes the SQEs of all rings (SQPOLL)
 * @param multishotAccept whether one SQE accepts connection after connection
 * @param direct whether connections have direct descriptors
 * @param mode how bounded demand is received
 * @param rings rings and threads
 */
record Combination(
        boolean polling, boolean multishotAccept, boolean direct, ReceiveMode mode, int rings) {
    private static final Duration POLLING_IDLE = Duration.ofMillis(1);
    private static final int SLOTS = 512;
    private static final int BUFFERS = 256;
    private static final int BUFFER_BYTES = 4096;

    /** Every one that this kernel can run, the simplest first. */
    static List<Combination> all() {
        RingFeatures features = LinuxKernel.instance().features();
        List<Combination> valid = new ArrayList<>();
        for (boolean polling : new boolean[] {false, true}) {
            for (boolean direct : new boolean[] {false, true}) {
                for (boolean multishot : new boolean[] {true, false}) {
                    for (ReceiveMode mode : List.of(ReceiveMode.CREDIT, ReceiveMode.ONE_SHOT)) {
                        for (int rings : new int[] {1, 2, 4}) {
                            valid.add(new Combination(polling, multishot, direct, mode, rings));
                        }
                    }
                }
            }
        }
        valid.removeIf(it -> it.direct && !features.has(RingFeature.PROMPT_FILE_TABLE));
        valid.removeIf(it -> it.mode == ReceiveMode.CREDIT && !features.receiveCredit());
        return valid;
    }

    /** Few of them, in which every pair of values comes at least once. */
    static List<Combination> pairwise() {
        List<Combination> left = new ArrayList<>(all());
        List<Combination> chosen = new ArrayList<>();
        Set<List<Object>> seen = new HashSet<>();
        while (true) {
            Combination best = left.getFirst();
            long most = 0;
            for (Combination each : left) {
                long fresh = each.pairs().stream().filter(pair -> !seen.contains(pair)).count();
                if (fresh > most) {
                    best = each;
                    most = fresh;
                }
            }
            if (most == 0) {
                return chosen;
            }
            chosen.add(best);
            seen.addAll(best.pairs());
        }
    }

    private List<List<Object>> pairs() {
        List<Object> values =
                List.of(
                        "polling " + polling,
                        "multishot " + multishotAccept,
                        "direct " + direct,
                        mode,
                        rings);
        List<List<Object>> pairs = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            for (int j = 0; j < i; j++) {
                pairs.add(List.of(values.get(j), values.get(i)));
            }
        }
        return pairs;
    }

    /** What the study could not run: all of it at once. */
    private boolean isFullStack() {
        return polling && multishotAccept && direct && mode == ReceiveMode.CREDIT;
    }

    /** How many of {@code most} requests it has to serve. */
    long share(long most) {
        return isFullStack() || !polling ? most : Math.max(1, most / 10);
    }

    /** Few and small buffers, so that they run out, and all that goes with every combination. */
    RingGroupOptions ringOptions() {
        return RingGroupOptions.defaults()
                .rings(rings)
                .pollingIdle(polling ? POLLING_IDLE : Duration.ZERO)
                .directDescriptors(direct ? SLOTS : 0)
                .receiveMode(mode)
                .buffers(BUFFERS, BUFFER_BYTES);
    }

    @Override
    public String toString() {
        return String.join(
                ", ",
                polling ? "SQPOLL" : "no SQPOLL",
                multishotAccept ? "multishot" : "one-shot",
                direct ? "direct" : "plain",
                mode.toString(),
                rings + (rings == 1 ? " ring" : " rings"));
    }
}
