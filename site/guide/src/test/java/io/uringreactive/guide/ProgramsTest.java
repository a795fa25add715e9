// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.guide;

import static io.uringreactive.guide.Machine.LIMIT;
import static io.uringreactive.guide.Machine.ask;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

/** start/net.md and start/http.md: the programs run as they stand there. */
class ProgramsTest {
    /** Starts {@code main}, asks it on its port once it listens, and ends it. */
    private static String run(Runnable main, String question) throws Exception {
        int port = freePort();
        System.setProperty("port", Integer.toString(port));
        Thread program = new Thread(main, "program");
        // It ends by an interrupt, and says so.
        program.setUncaughtExceptionHandler((thread, error) -> {});
        program.start();
        try {
            return await().atMost(LIMIT)
                    .ignoreException(ConnectException.class)
                    .until(() -> ask(port, question), answer -> !answer.isEmpty());
        } finally {
            System.clearProperty("port");
            program.interrupt();
            program.join(LIMIT);
            assertFalse(program.isAlive());
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Test
    void shouldEcho() throws Exception {
        assertEquals("hello\n", run(NetProgram::main, "hello\n"));
    }

    @Test
    void shouldServeHttp() throws Exception {
        String answer =
                run(HttpProgram::main, "POST /echo HTTP/1.0\r\nContent-Length: 2\r\n\r\nhi");
        assertTrue(answer.endsWith("\r\n\r\nhi"), answer);
    }
}
