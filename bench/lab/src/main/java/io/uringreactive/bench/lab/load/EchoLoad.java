// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.load;

import io.uringreactive.bench.lab.plan.Point;
import io.uringreactive.bench.lab.process.Tool;
import java.nio.file.Path;
import java.util.List;

/**
 * bench/native/echo_load: on each connection one message under way, each reply compared byte by
 * byte. On io_uring itself, because a load must cost less than the server.
 */
public record EchoLoad(Path program) implements Load {
    @Override
    public List<Tool> tools() {
        return List.of(Tool.MAKE, Tool.GCC);
    }

    @Override
    public void check(Target target, Point point) {
        EchoCheck.check(target, point.bytes());
    }

    @Override
    public LoadResult run(
            LoadHost host, Target target, Point point, double seconds, Window window) {
        List<String> command =
                List.of(
                        program.toString(),
                        target.host(),
                        Integer.toString(target.port()),
                        Integer.toString(point.connections()),
                        Integer.toString(point.bytes()),
                        Double.toString(seconds));
        return EchoOutput.parse(host.runWithin(command, window).orFail().out());
    }
}
