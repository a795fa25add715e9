// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.load;

import io.uringreactive.bench.lab.plan.Point;
import io.uringreactive.bench.lab.process.LabException;
import io.uringreactive.bench.lab.process.Tool;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * bench/native/stream_load: asks for so many MiB, shared by the connections, compares every byte
 * with what it should be, and wants the stream's end behind the last one.
 *
 * @param times that it does so in a run
 */
public record StreamLoad(Path program, int mebibytes, int times) implements Load {
    private static final int CHECK_BYTES = 200_001;
    private static final int PATIENCE_MILLIS = 10_000;

    @Override
    public List<Tool> tools() {
        return List.of(Tool.MAKE, Tool.GCC);
    }

    @Override
    public void check(Target target, Point point) {
        try (Socket socket = new Socket(target.host(), target.port())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            String line = CHECK_BYTES + "\n";
            socket.getOutputStream().write(line.getBytes(StandardCharsets.US_ASCII));
            byte[] stream = socket.getInputStream().readNBytes(CHECK_BYTES + 1);
            if (stream.length != CHECK_BYTES) {
                throw new LabException(
                        "%s: %,d bytes are wanted, %,d or more came"
                                .formatted(target.contestant(), CHECK_BYTES, stream.length));
            }
            for (int i = 0; i < stream.length; i++) {
                if (stream[i] != wanted(i)) {
                    throw new LabException(
                            "%s: byte %,d is not what it should be"
                                    .formatted(target.contestant(), i));
                }
            }
        } catch (IOException e) {
            throw new LabException(target.contestant() + ": no stream: " + e, e);
        }
    }

    /** Byte {@code place} of every stream: they repeat after 64 KiB. */
    static byte wanted(int place) {
        int i = place & 0xffff;
        return (byte) (i * 31 + (i >> 8));
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
                        Integer.toString(mebibytes),
                        Integer.toString(times));
        return EchoOutput.parse(host.runWithin(command, window).orFail().out());
    }
}
