// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.run;

import io.uringreactive.bench.lab.process.Finished;
import io.uringreactive.bench.lab.process.LabException;
import io.uringreactive.bench.lab.process.Tool;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Two hosts that this kernel plays: network namespaces with nothing but loopback and one end of a
 * veth pair each, ip-netns(8) and veth(4). No packet leaves them: they have no other interface and
 * no route. They are removed by {@link #close}, when the JVM stops, and, if that was by SIGKILL, by
 * the next run.
 */
final class VethHosts implements Network {
    private static final Tool IP = new Tool("ip", "iproute2", "-V");
    private static final Tool NSENTER = new Tool("nsenter", "util-linux", "--version");

    /** Where ip has a file for each name. */
    private static final Path NAMES = Path.of("/run/netns");

    private static final String NAME = "uring-bench-";
    private static final Pattern OURS = Pattern.compile(NAME + "(\\d+)-(?:server|load)");
    private static final int PATIENCE_SECONDS = 10;

    /** Of the addresses for benchmarks, RFC 2544, which nobody routes. */
    private static final String SERVER_ADDRESS = "198.18.0.1";

    private static final String LOAD_ADDRESS = "198.18.0.2";
    private static final String LINK = "veth0";

    private final String server = name("server");
    private final String load = name("load");
    private final Thread atExit = new Thread(this::remove, "remove-network-namespaces");

    /** Fails if the kernel, or who we are, does not allow it. */
    VethHosts() {
        Tool.require(List.of(IP, NSENTER));
        removeLeftBehind();
        Runtime.getRuntime().addShutdownHook(atExit);
        try {
            steps(server, load).forEach(step -> Finished.of(step).orFail());
        } catch (LabException e) {
            close();
            throw e;
        }
    }

    private static String name(String side) {
        return NAME + ProcessHandle.current().pid() + "-" + side;
    }

    static List<List<String>> steps(String server, String load) {
        List<List<String>> steps = new ArrayList<>();
        steps.add(List.of("ip", "netns", "add", server));
        steps.add(List.of("ip", "netns", "add", load));
        steps.add(
                List.of(
                        "ip", "link", "add", LINK, "netns", server, "type", "veth", "peer", "name",
                        LINK, "netns", load));
        for (String side : List.of(server, load)) {
            String address = side.equals(server) ? SERVER_ADDRESS : LOAD_ADDRESS;
            steps.add(List.of("ip", "-n", side, "address", "add", address + "/30", "dev", LINK));
            steps.add(List.of("ip", "-n", side, "link", "set", "lo", "up"));
            steps.add(List.of("ip", "-n", side, "link", "set", LINK, "up"));
        }
        return steps;
    }

    /** Of a run whose process is gone. */
    private static void removeLeftBehind() {
        if (!Files.isDirectory(NAMES)) {
            return;
        }
        try (DirectoryStream<Path> names = Files.newDirectoryStream(NAMES, NAME + "*")) {
            for (Path each : names) {
                String name = each.getFileName().toString();
                if (isLeftBehind(name)) {
                    delete(name);
                }
            }
        } catch (IOException e) {
            throw new LabException("no list of network namespaces: " + e, e);
        }
    }

    static boolean isLeftBehind(String name) {
        Matcher ours = OURS.matcher(name);
        return ours.matches() && ProcessHandle.of(Long.parseLong(ours.group(1))).isEmpty();
    }

    @Override
    public String host() {
        return SERVER_ADDRESS;
    }

    /** By nsenter: ip would mount another /sys, in which a JVM finds no cgroups. */
    @Override
    public List<String> serverPrefix() {
        return enter(server);
    }

    @Override
    public List<String> loadPrefix() {
        return enter(load);
    }

    private static List<String> enter(String name) {
        return List.of(NSENTER.program(), "--net=" + NAMES.resolve(name));
    }

    @Override
    public String description() {
        return "veth between two network namespaces";
    }

    private void remove() {
        delete(server);
        delete(load);
    }

    /** Not one of the children that end with the lab: in a shutdown it has to run after them. */
    private static void delete(String name) {
        if (!Files.exists(NAMES.resolve(name))) {
            return;
        }
        try {
            Process delete =
                    new ProcessBuilder("ip", "netns", "delete", name)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if (!delete.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || delete.exitValue() != 0) {
                System.err.println("uring: left behind: network namespace " + name);
            }
        } catch (IOException e) {
            System.err.println("uring: left behind: network namespace " + name + ": " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            return; // the hook runs already
        }
        remove();
    }
}
