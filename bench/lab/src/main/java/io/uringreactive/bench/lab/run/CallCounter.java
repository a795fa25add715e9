// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.run;

import io.uringreactive.bench.lab.load.LoadHost;
import io.uringreactive.bench.lab.proc.Cores;
import io.uringreactive.bench.lab.proc.ProcFs;
import io.uringreactive.bench.lab.process.Children;
import io.uringreactive.bench.lab.process.Finished;
import io.uringreactive.bench.lab.process.LabException;
import io.uringreactive.bench.lab.process.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Counts the system calls of a server while a load runs. */
interface CallCounter {
    /**
     * Runs the load on the host it is given; the calls meanwhile, or nothing where none can count.
     */
    OptionalLong count(Server server, Consumer<LoadHost> load);

    /** Its name, for the versions of a result; empty if none can count. */
    String name();

    /** perf, which is not felt; otherwise strace, which stops the server at every call. */
    static CallCounter choose(Site site, Path folder) {
        Path file = folder.resolve("calls");
        if (Perf.works(file)) {
            return new Perf(site.loadCores(), file);
        }
        return new Tool("strace", "strace", "-V").isMissing()
                ? new Nobody(site.loadCores())
                : new Strace(site.loadCores(), file);
    }

    /** Counts for as long as the load runs, which it starts itself. */
    record Perf(Cores cores, Path file) implements CallCounter {
        private static final Pattern COUNT =
                Pattern.compile("(?m)^(\\d+),[^,]*,raw_syscalls:sys_enter");

        private static List<String> prefix(Path file) {
            return List.of(
                    "perf", "stat", "-x,", "-o", file.toString(), "-e", "raw_syscalls:sys_enter");
        }

        static boolean works(Path file) {
            if (new Tool("perf", "linux-perf", "--version").isMissing()) {
                return false;
            }
            List<String> command = new ArrayList<>(prefix(file));
            command.add("true");
            return Finished.of(command).status() == 0 && counted(file).isPresent();
        }

        @Override
        public OptionalLong count(Server server, Consumer<LoadHost> load) {
            List<String> command = new ArrayList<>(prefix(file));
            List<String> pids = server.pids().stream().map(String::valueOf).toList();
            command.addAll(List.of("-p", String.join(",", pids), "--"));
            load.accept(new LoadHost(cores, command));
            return counted(file);
        }

        private static OptionalLong counted(Path file) {
            try {
                Matcher count = COUNT.matcher(Files.readString(file));
                return count.find()
                        ? OptionalLong.of(Long.parseLong(count.group(1)))
                        : OptionalLong.empty();
            } catch (IOException e) {
                return OptionalLong.empty(); // it wrote nothing: not allowed to count
            }
        }

        @Override
        public String name() {
            return "perf";
        }
    }

    /** Counts from when it is attached until it is interrupted. */
    record Strace(Cores cores, Path file) implements CallCounter {
        private static final int PATIENCE_SECONDS = 10;

        @Override
        public OptionalLong count(Server server, Consumer<LoadHost> load) {
            List<String> command = new ArrayList<>(List.of("taskset", "-c", cores.toString()));
            command.addAll(List.of("strace", "-c", "-f", "-o", file.toString()));
            server.pids().forEach(pid -> command.addAll(List.of("-p", Long.toString(pid))));
            try {
                Path said = file.resolveSibling("strace");
                Process strace =
                        Children.start(
                                new ProcessBuilder(command)
                                        .redirectErrorStream(true)
                                        .redirectOutput(said.toFile()));
                try {
                    awaitAttached(server, strace, said);
                    load.accept(new LoadHost(cores));
                } finally {
                    // SIGTERM: it detaches and writes its table.
                    Children.end(strace);
                }
                return StraceTable.calls(Files.readString(file));
            } catch (IOException e) {
                throw new LabException("strace does not run: " + e, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new LabException("interrupted", e);
            }
        }

        private static void awaitAttached(Server server, Process strace, Path said)
                throws InterruptedException, IOException {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (!server.pids().stream().allMatch(ProcFs::traced)) {
                if (strace.waitFor(10, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
                    throw new LabException(
                            "strace could not attach to %s (kernel.yama.ptrace_scope above 0?): %s"
                                    .formatted(
                                            server.contestant().title(), Files.readString(said)));
                }
            }
        }

        @Override
        public String name() {
            return "strace";
        }
    }

    /** Neither program is to be had. */
    record Nobody(Cores cores) implements CallCounter {
        @Override
        public OptionalLong count(Server server, Consumer<LoadHost> load) {
            load.accept(new LoadHost(cores));
            return OptionalLong.empty();
        }

        @Override
        public String name() {
            return "";
        }
    }
}
