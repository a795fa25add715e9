// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.examples;

import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.test.web.reactive.server.WebTestClient;

/**
 * Tests that must hold whichever server the application runs on. A class starts it once on each;
 * its tests find it without notes and files.
 */
@ParameterizedClass
@EnumSource
abstract class OnEachServer {
    private static @Nullable RunningExample running;

    @Parameter Server server = Server.URING;

    @BeforeParameterizedClassInvocation
    static void start(Server server) throws IOException {
        running = RunningExample.on(server);
    }

    @AfterParameterizedClassInvocation
    static void stop() throws IOException {
        example().close();
        running = null;
    }

    @BeforeEach
    void empty() throws IOException {
        example().empty();
    }

    static RunningExample example() {
        return Objects.requireNonNull(running);
    }

    WebTestClient client() {
        return example().client();
    }
}
