// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.examples;

import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.test.web.reactive.server.WebTestClient;

/**
 * Tests that must hold whichever server the application runs on. It runs once on each, for all
 * classes; a test finds it without notes and files.
 */
@ParameterizedClass
@EnumSource
@ExtendWith(OnEachServer.Examples.class)
abstract class OnEachServer {
    private static @Nullable RunningExample running;

    @Parameter Server server = Server.URING;

    static RunningExample example() {
        return Objects.requireNonNull(running);
    }

    WebTestClient client() {
        return example().client();
    }

    /** Starts the application for the first test on its server; it is closed behind all tests. */
    static final class Examples implements BeforeEachCallback {
        @Override
        public void beforeEach(ExtensionContext test) throws IOException {
            Server server = ((OnEachServer) test.getRequiredTestInstance()).server;
            running =
                    test.getRoot()
                            .getStore(ExtensionContext.Namespace.create(Examples.class))
                            .computeIfAbsent(server, RunningExample::on, RunningExample.class);
            example().empty();
        }
    }
}
