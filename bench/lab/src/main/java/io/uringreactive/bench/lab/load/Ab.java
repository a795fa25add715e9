// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.load;

import io.uringreactive.bench.lab.plan.Point;
import io.uringreactive.bench.lab.process.Finished;
import io.uringreactive.bench.lab.process.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * ab of Apache: {@code GET /} in HTTP/1.0, so many times, and then it has ended. Without keep-alive
 * each request has a connection of its own, which the server closes; a latency counts from the
 * connection's begin to its end. {@link HttpCheck} looks at one reply in full; ab itself fails if
 * the body of another one differs in length from that.
 */
public record Ab(int requests, boolean keepAlive, String body) implements Load {
    private static final Tool AB = new Tool("ab", "apache2-utils", "-V");

    @Override
    public List<Tool> tools() {
        return List.of(AB);
    }

    @Override
    public void check(Target target, Point point) {
        HttpCheck.replyBytes(target, Page.root(body));
    }

    @Override
    public LoadResult run(
            LoadHost host, Target target, Point point, double seconds, Window window) {
        return LatencyFile.with(AB, ".csv", csv -> run(host, target, point, window, csv));
    }

    private LoadResult run(LoadHost host, Target target, Point point, Window window, Path csv)
            throws IOException {
        Finished finished = host.run(command(target, point, csv), window).orFail();
        AbOutput said = AbOutput.parse(finished.out(), Files.readString(csv));
        if (said.complete() != requests || said.failed() > 0 || said.bodyBytes() != body.length()) {
            throw finished.failure("met a wrong or missing reply");
        }
        return new LoadResult(said.seconds(), said.complete(), said.latencies());
    }

    private List<String> command(Target target, Point point, Path csv) {
        List<String> command = new ArrayList<>(List.of(AB.program(), "-q", "-s", "10"));
        command.addAll(List.of("-n", Integer.toString(requests)));
        command.addAll(List.of("-c", Integer.toString(point.connections())));
        if (keepAlive) {
            command.add("-k");
        }
        command.addAll(List.of("-e", csv.toString(), target.url("/")));
        return command;
    }
}
