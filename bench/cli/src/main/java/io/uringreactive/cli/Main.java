// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.cli;

import io.uringreactive.TransportUnavailable;
import io.uringreactive.sys.ring.RingUnavailable;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import reactor.core.Exceptions;

/** {@code uring}: picks the command. Without one it prints what there is. */
@Command(
        name = "uring",
        description = "Reactive-streams I/O on Linux io_uring.",
        subcommands = {Serve.class, Doctor.class, Slow.class, HelpCommand.class},
        footer = {"", "First steps: ./uring doctor, then ./uring serve study"})
final class Main implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    public static void main(String[] args) {
        // During a shutdown by signal this call blocks and the signal's exit code stands.
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(Main::explain);
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(
            name = "test",
            description = "Builds everything and runs every test (mvn verify [mvn args]).")
    int test() {
        return byLauncher("test");
    }

    @Command(
            name = "bench",
            description = "Measures how this compares with others (./uring bench list).")
    int bench() {
        return byLauncher("bench");
    }

    private int byLauncher(String command) {
        spec.commandLine().getErr().println("uring: the launcher does that: ./uring " + command);
        return CommandLine.ExitCode.USAGE;
    }

    @Command(
            name = "site",
            description = "Builds, serves or tests the documentation (site build | serve | test).")
    int site() {
        spec.commandLine().getErr().println("uring: the launcher does that: ./uring site build");
        return CommandLine.ExitCode.USAGE;
    }

    /**
     * What the machine refuses (a port in use, no io_uring) is one line for its reader. Anything
     * else is a defect and keeps its stack trace.
     */
    private static int explain(Exception error, CommandLine command, ParseResult arguments)
            throws Exception {
        Throwable cause = Exceptions.unwrap(error);
        boolean told =
                cause instanceof IOException
                        || cause instanceof RingUnavailable
                        || cause instanceof TransportUnavailable;
        if (!told) {
            throw error;
        }
        command.getErr().println("uring: " + cause.getMessage());
        return CommandLine.ExitCode.SOFTWARE;
    }
}
