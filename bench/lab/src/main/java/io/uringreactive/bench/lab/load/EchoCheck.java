// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.load;

import io.uringreactive.bench.lab.process.LabException;
import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;

/** Sends one message and compares what comes back. */
final class EchoCheck {
    private static final int PATIENCE_MILLIS = 10_000;

    static void check(Target target, int bytes) {
        byte[] message = new byte[bytes];
        for (int i = 0; i < message.length; i++) {
            message[i] = (byte) (i * 31 + (i >> 8));
        }
        try (Socket socket = new Socket(target.host(), target.port())) {
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

    private EchoCheck() {}
}
