// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.endurance;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code bench/matrix.sh} and {@code bench/soak.sh}. */
@Command(name = "endurance", description = "A server under every option, and for a long time.")
public final class Main {
    private Main() {}

    /** The exit status is 1 when anything hung, failed, or was left behind. */
    public static void main(String[] args) {
        System.exit(
                new CommandLine(new Main())
                        .addSubcommand(new Matrix(System.out))
                        .addSubcommand(new Soak(System.out))
                        .execute(args));
    }
}
