// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.testing.Rings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** BlockHound on rings, in a JVM of its own: what it changes in a JVM it changes for good. */
class BlockHoundTest {
    /** From JDK 13 on BlockHound cannot change native methods without the first of them. */
    private static final String OPTIONS =
            "export JDK_JAVA_OPTIONS='-XX:+AllowRedefinitionToAddDeleteMethods"
                    + " -XX:+EnableDynamicAgentLoading'";

    @BeforeEach
    void needRings() {
        Rings.assumeAvailable();
    }

    @Test
    void shouldFindAHandlerThatBlocksAndNothingElse() {
        try (ChildJvm child = ChildJvm.start(OPTIONS, BlockHoundMain.class)) {
            assertEquals("plain []", child.line());
            String blocking = child.line();
            assertTrue(
                    blocking.matches("blocking \\[uring-1-[01] jdk.internal.misc.Unsafe.park\\]"),
                    blocking);
            assertEquals("end []", child.line());
        }
    }
}
