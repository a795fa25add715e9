// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import java.util.ArrayList;
import java.util.List;

/** The state of a simulation in words, for failures. */
final class StateDump {
    static String of(World world, String what) {
        StringBuilder text = new StringBuilder();
        text.append(what)
                .append("\n  seed ")
                .append(world.seed)
                .append(", virtual time ")
                .append(world.clock.elapsed())
                .append(", step ")
                .append(world.trace.count())
                .append(", faults ")
                .append(world.options.faults().probabilities().isEmpty() ? "none" : "injected");
        for (SimulatedRing ring : world.rings) {
            section(text, ring.describe(), inHand(ring));
        }
        section(text, "descriptors", world.files.describe());
        section(text, "network", world.network.describe());
        section(text, "ready to happen", world.work.describe());
        text.append("\n  timers: ").append(world.clock.timers());
        section(text, "what happened last", world.trace.last());
        return text.append('\n').toString();
    }

    private static List<String> inHand(SimulatedRing ring) {
        List<String> lines = new ArrayList<>();
        ring.inFlight().forEach(operation -> lines.add(operation.describe()));
        lines.addAll(ring.registered().describe());
        return lines;
    }

    private static void section(StringBuilder text, String title, List<String> lines) {
        text.append("\n  ").append(title).append(lines.isEmpty() ? ": nothing" : ":");
        lines.forEach(line -> text.append("\n    ").append(line));
    }

    private StateDump() {}
}
