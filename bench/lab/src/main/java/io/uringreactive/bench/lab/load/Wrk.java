// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.load;

import io.uringreactive.bench.lab.plan.Point;
import io.uringreactive.bench.lab.process.Finished;
import io.uringreactive.bench.lab.process.Tool;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * wrk: {@code GET} on connections that stay, as fast as the replies come. It looks at the status of
 * each; {@link HttpCheck} looks at one reply in full, and the bytes of all must be as many as so
 * many of it.
 *
 * @param pages what is asked for at each point
 */
public record Wrk(Function<Point, Page> pages) implements Load {
    private static final Tool WRK = new Tool("wrk", "wrk", "-v");

    /** {@code GET /} at every point. */
    public Wrk(String body) {
        this(point -> Page.root(body));
    }

    @Override
    public List<Tool> tools() {
        return List.of(WRK);
    }

    @Override
    public void check(Target target, Point point) {
        HttpCheck.replyBytes(target, pages.apply(point));
    }

    @Override
    public LoadResult run(
            LoadHost host, Target target, Point point, double seconds, Window window) {
        Page page = pages.apply(point);
        int replyBytes = HttpCheck.replyBytes(target, page);
        List<String> command =
                List.of(
                        WRK.program(),
                        "-t1",
                        "-c" + point.connections(),
                        "-d" + Math.max(1, Math.round(seconds)),
                        "--timeout",
                        "10s",
                        "-s",
                        Script.FILE.toString(),
                        target.url(page.path()),
                        "--",
                        Integer.toString(point.depth()));
        Finished finished = host.run(command, window).orFail();
        WrkOutput said = WrkOutput.parse(finished.out());
        if (said.errors() > 0 || said.requests() == 0) {
            throw finished.failure("met a wrong or missing reply");
        }
        // What was read of replies that were not complete when it stopped.
        long slack = (long) (point.connections() * point.depth() + 1) * replyBytes;
        if (Math.abs(said.bytes() - said.requests() * replyBytes) > slack) {
            throw finished.failure(
                    "got replies that do not have %d bytes each".formatted(replyBytes));
        }
        return new LoadResult(said.seconds(), said.requests(), said.latencies());
    }

    /** The script of this class path as a file. */
    private static final class Script {
        static final Path FILE = extract();

        private static Path extract() {
            try (InputStream script = Wrk.class.getResourceAsStream("report.lua")) {
                Path file = Files.createTempFile("uring-bench", ".lua");
                file.toFile().deleteOnExit();
                Files.write(file, Objects.requireNonNull(script).readAllBytes());
                return file;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
