// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.load;

import io.uringreactive.bench.lab.plan.Point;
import io.uringreactive.bench.lab.process.Finished;
import io.uringreactive.bench.lab.process.LabException;
import io.uringreactive.bench.lab.process.Tool;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * bench/native/echo_load: on each connection one message under way, each reply compared byte by
 * byte. On io_uring itself, because a load must cost less than the server.
 */
public record EchoLoad(Path program) implements Load {
    private static final int PATIENCE_MILLIS = 10_000;

    @Override
    public List<Tool> tools() {
        return List.of(Tool.MAKE, Tool.GCC);
    }

    @Override
    public void check(Target target, Point point) {
        byte[] message = new byte[point.bytes()];
        for (int i = 0; i < message.length; i++) {
            message[i] = (byte) (i * 31 + (i >> 8));
        }
        try (Socket socket = new Socket(Target.HOST, target.port())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(message);
            byte[] reply = socket.getInputStream().readNBytes(message.length);
            if (!Arrays.equals(message, reply)) {
                throw new LabException(target.contestant() + ": the reply differs");
            }
        } catch (IOException e) {
            throw new LabException(target.contestant() + ": no reply: " + e, e);
        }
    }

    @Override
    public LoadResult run(
            LoadHost host, Target target, Point point, double seconds, Window window) {
        List<String> command =
                List.of(
                        program.toString(),
                        Target.HOST,
                        Integer.toString(target.port()),
                        Integer.toString(point.connections()),
                        Integer.toString(point.bytes()),
                        Double.toString(seconds));
        Finished finished =
                host.run(
                                command,
                                line -> {
                                    switch (line) {
                                        case "MEASURE" -> window.begin();
                                        case "DONE" -> window.end();
                                        default -> {} // the figures
                                    }
                                })
                        .orFail();
        return EchoOutput.parse(finished.out());
    }
}
