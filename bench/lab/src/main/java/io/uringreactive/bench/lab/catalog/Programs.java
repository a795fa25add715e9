// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.catalog;

import io.uringreactive.bench.lab.plan.Launch;
import java.util.ArrayList;
import java.util.List;

/** The programs of this repository, as launches. */
final class Programs {
    /** {@code ./uring serve PROGRAM}, on a transport that its first line must name. */
    static Launch.Java serve(String program, String transport) {
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("serve", program, "--host", "{host}", "--port", "{port}"));
        arguments.addAll(List.of("--rings", "{rings}", "--transport", transport));
        arguments.addAll(List.of("--file", "{folder}/file"));
        String on = transport.equals("uring") ? "rings?, receive mode" : "loops? on " + transport;
        return new Launch.Java(
                "bench/cli",
                "io.uringreactive.cli.Main",
                List.copyOf(arguments),
                "ready: .*" + on,
                "");
    }

    /** A class of bench/peers, whose first line must have {@code word} in it. */
    static Launch.Java peer(String name, String word, String... arguments) {
        return new Launch.Java(
                "bench/peers",
                "io.uringreactive.peers." + name,
                List.of(arguments),
                "ready: .*" + word,
                "");
    }

    /** The echo of bench/toggles, whose first line must name the same toggles. */
    static Launch.Java toggled(String toggles) {
        return new Launch.Java(
                "bench/toggles",
                "io.uringreactive.toggles.ToggledEcho",
                List.of("{port}", "{rings}", toggles),
                "ready: echo with toggles " + toggles + "\\n",
                "");
    }

    /** A program of bench/native. */
    static Launch.C c(String program, String... arguments) {
        return new Launch.C(program, List.of(arguments), "^ready");
    }

    private Programs() {}
}
