// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.Connection;
import io.uringreactive.ConnectionOptions;
import io.uringreactive.Wiretap;
import io.uringreactive.test.TestConnection;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** guide/connections.md, and guide/testing.md's first example. */
class ConnectionTest {
    // #region handler
    /** Greets, echoes until the peer's end, and says good-bye. */
    static Mono<Void> greet(Connection conn) {
        return conn.sendText("hello\n")
                .then(conn.send(conn.receive()))
                .then(conn.sendText("bye\n"));
    }

    // #endregion handler

    @Test
    void shouldCloseInOrderWhenTheHandlerCompletes() {
        // #region test
        TestConnection conn = TestConnection.create();
        conn.handle(ConnectionTest::greet).subscribe();

        conn.peer().write("echo ");
        conn.peer().shutdownWrite();

        assertEquals("hello\necho bye\n", conn.peer().received());
        assertTrue(conn.peer().sawEnd());
        assertNull(conn.handlerError());
        conn.assertNothingLeaked();
        // #endregion test
    }

    @Test
    void shouldAbortWhenTheHandlerFails() {
        TestConnection conn = TestConnection.create();
        conn.handle(c -> Mono.error(new IllegalStateException("a bug"))).subscribe();
        assertTrue(conn.peer().sawReset());
        assertNotNull(conn.handlerError());
    }

    @Test
    void shouldHaveLimits() {
        // #region options
        ConnectionOptions options =
                ConnectionOptions.defaults()
                        .windowBytes(32 * 1024) // received and not yet delivered
                        .sendHighWaterBytes(128 * 1024) // queued for sending
                        .closeTimeout(Duration.ofSeconds(10)); // for the peer to take the rest
        // #endregion options
        assertEquals(Duration.ofSeconds(10), options.closeTimeout());
    }

    @Test
    void shouldLogWhatGoesThrough() {
        TestConnection conn = TestConnection.create();
        // #region wiretap
        Connection tapped = conn.wiretap(Wiretap.defaults().level(Wiretap.Level.INFO).bytesMax(64));
        // #endregion wiretap
        tapped.sendText("seen").subscribe();
        assertEquals("seen", conn.peer().received());
        conn.dispose();
    }
}
