// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.load;

import io.uringreactive.bench.lab.plan.Point;
import io.uringreactive.bench.lab.process.Finished;
import io.uringreactive.bench.lab.process.Tool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * h2load, speaking HTTP/1.1: {@code GET /} on connections that stay, as fast as the replies come,
 * each one's time written down. A second opinion on {@link Wrk}; it costs more CPU.
 */
public record H2load(String body) implements Load {
    private static final Tool H2LOAD = new Tool("h2load", "nghttp2-client", "--version");

    @Override
    public List<Tool> tools() {
        return List.of(H2LOAD);
    }

    @Override
    public void check(Target target, Point point) {
        HttpCheck.replyBytes(target, Page.root(body));
    }

    @Override
    public LoadResult run(
            LoadHost host, Target target, Point point, double seconds, Window window) {
        return LatencyFile.with(
                H2LOAD,
                ".tsv",
                log -> run(host, command(target, point, seconds, log), window, log));
    }

    private static LoadResult run(LoadHost host, List<String> command, Window window, Path log)
            throws IOException {
        Finished finished = host.run(command, window).orFail();
        H2loadOutput said = H2loadOutput.parse(finished.out());
        if (said.failed() > 0 || said.succeeded() == 0) {
            throw finished.failure("met a wrong or missing reply");
        }
        return new LoadResult(said.seconds(), said.succeeded(), H2loadOutput.latencies(log));
    }

    private static List<String> command(Target target, Point point, double seconds, Path log) {
        return List.of(
                H2LOAD.program(),
                "--h1",
                "-t1",
                "-c" + point.connections(),
                "-m" + point.depth(),
                "-D" + Math.max(1, Math.round(seconds)),
                "--log-file=" + log,
                target.url("/"));
    }
}
