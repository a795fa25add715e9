// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.load;

import io.uringreactive.bench.lab.generator.Main;
import io.uringreactive.bench.lab.plan.Point;
import io.uringreactive.bench.lab.process.Tool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The lab's own generator, in a JVM of its own: at the point's rate, or in a closed loop if the
 * point has none. A latency at a fixed rate counts from when the request should have left.
 *
 * @param httpBody that each reply to {@code GET /} must have; empty for echo
 * @param warmUpSeconds before each measured part: its own code must be compiled by then
 * @param betweenHosts whether it is to be on another host than the server
 */
public record OwnLoad(String httpBody, double warmUpSeconds, boolean betweenHosts) implements Load {
    private static final List<String> JVM_OPTIONS = List.of("-XX:+UseSerialGC", "-Xmx256m");

    /** On the server's host. */
    public OwnLoad(String httpBody, double warmUpSeconds) {
        this(httpBody, warmUpSeconds, false);
    }

    @Override
    public List<Tool> tools() {
        return List.of();
    }

    @Override
    public double extraSeconds() {
        return warmUpSeconds + 0.3;
    }

    @Override
    public void check(Target target, Point point) {
        if (!target.way().isEmpty()) {
            return; // out of this process's reach; the generator compares every reply
        }
        if (httpBody.isEmpty()) {
            EchoCheck.check(target, point.bytes());
        } else {
            HttpCheck.replyBytes(target, Page.root(httpBody));
        }
    }

    @Override
    public LoadResult run(
            LoadHost host, Target target, Point point, double seconds, Window window) {
        List<String> command = new ArrayList<>(target.way());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM_OPTIONS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(Main.class.getName(), httpBody.isEmpty() ? "echo" : "http"));
        command.addAll(List.of(target.host(), Integer.toString(target.port())));
        command.add(Integer.toString(point.connections()));
        command.addAll(List.of(Double.toString(seconds), Double.toString(warmUpSeconds)));
        command.add(Integer.toString(point.rate()));
        command.add(httpBody.isEmpty() ? Integer.toString(point.bytes()) : httpBody);
        return EchoOutput.parse(host.runWithin(command, window).orFail().out());
    }
}
