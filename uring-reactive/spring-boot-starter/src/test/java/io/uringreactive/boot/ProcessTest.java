// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** An application in a process of its own, with no more than the starter brings. */
class ProcessTest {
    private static final int TERMINATED = 143;

    @Test
    void shouldServeUntilItIsTerminated() throws Exception {
        try (Jvm jvm = Jvm.start("-cp", Jvm.starter(), Standalone.class.getName())) {
            int port = jvm.port();
            assertEquals("Hello, World", Client.get(port, "/hello").body());
            assertTrue(jvm.isAlive(), "main has returned, and the server goes on");
            jvm.terminate();
            String rest = jvm.rest();
            assertTrue(rest.contains("Graceful shutdown complete"), rest);
            assertFalse(rest.contains("ERROR"), rest);
            assertEquals(TERMINATED, jvm.exitValue());
        }
    }
}
