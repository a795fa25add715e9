// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.run;

import io.uringreactive.bench.lab.load.Target;
import io.uringreactive.bench.lab.plan.Contestant;
import io.uringreactive.bench.lab.plan.Launch;
import io.uringreactive.bench.lab.process.Children;
import io.uringreactive.bench.lab.process.LabException;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A contestant's process, from its start to its end. */
final class Server implements AutoCloseable {
    private static final int READY_SECONDS_MAX = 60;
    private static final int LOOK_MILLIS = 20;

    private final Contestant contestant;
    private final Network network;
    private final List<String> command;
    private final Path folder;
    private final int port;
    private final Process process;

    /** Starts it on loopback, and does not wait. */
    Server(Site site, Contestant contestant, int rings, Path folder) {
        this(site, Network.loopback(), contestant, rings, folder);
    }

    /** Starts it, and does not wait. */
    Server(Site site, Network network, Contestant contestant, int rings, Path folder) {
        this.contestant = contestant;
        this.network = network;
        this.folder = folder;
        this.port = Ports.next();
        this.command = site.command(contestant.launch(), network, port, rings, folder);
        try {
            if (contestant.launch() instanceof Launch.Installed installed) {
                Files.writeString(
                        folder.resolve("configuration"),
                        Site.fill(installed.configuration(), port, rings, folder));
            }
            this.process =
                    Children.start(
                            new ProcessBuilder(command)
                                    .redirectInput(Path.of("/dev/null").toFile())
                                    .redirectErrorStream(true)
                                    .redirectOutput(output().toFile()));
        } catch (IOException e) {
            throw new LabException(contestant.title() + " does not start: " + e, e);
        }
    }

    void awaitReady() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(READY_SECONDS_MAX);
        while (!isReady()) {
            if (ended() || System.nanoTime() > end) {
                throw new LabException(
                        "%s did not become ready: %s%n%s"
                                .formatted(contestant.title(), String.join(" ", command), said()));
            }
        }
    }

    private boolean isReady() {
        String pattern = contestant.launch().ready();
        return pattern.isEmpty() ? listens() : Pattern.compile(pattern).matcher(said()).find();
    }

    private boolean listens() {
        try (Socket socket = new Socket(network.host(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether it has ended, after a moment. */
    private boolean ended() {
        try {
            return process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted", e);
        }
    }

    private String said() {
        try {
            return Files.readString(output());
        } catch (IOException e) {
            throw new LabException("no output of " + contestant.title() + ": " + e, e);
        }
    }

    private Path output() {
        return folder.resolve("output");
    }

    /** Fails with what it said if it has ended. */
    void checkAlive() {
        if (!process.isAlive()) {
            throw new LabException(
                    "%s has ended with status %d:%n%s"
                            .formatted(contestant.title(), process.exitValue(), said()));
        }
    }

    Contestant contestant() {
        return contestant;
    }

    Target target() {
        return new Target(contestant.name(), network.host(), port, network.loadPrefix());
    }

    List<String> command() {
        return command;
    }

    long pid() {
        return process.pid();
    }

    /** Its process and what that has started, such as nginx's workers. */
    List<Long> pids() {
        List<Long> pids = new ArrayList<>(List.of(process.pid()));
        process.descendants().map(ProcessHandle::pid).forEach(pids::add);
        return pids;
    }

    /** Whether this process can ask it over the network what it allocates. */
    boolean isReachable() {
        return network.loadPrefix().isEmpty();
    }

    boolean isJava() {
        return contestant.launch() instanceof Launch.Java;
    }

    @Override
    public void close() {
        Children.end(process);
    }
}
