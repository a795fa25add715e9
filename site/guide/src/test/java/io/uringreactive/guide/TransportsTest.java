// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.guide;

import static io.uringreactive.guide.Machine.LIMIT;
import static io.uringreactive.guide.Machine.ask;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.Availability;
import io.uringreactive.ListenOptions;
import io.uringreactive.Listener;
import io.uringreactive.Net;
import io.uringreactive.Transport;
import io.uringreactive.TransportProvider;
import io.uringreactive.UringNet;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** guide/transports.md. */
class TransportsTest {
    @Test
    void shouldAskBeforeItStarts() {
        // #region availability
        Availability uring = UringNet.availability(); // throws nothing
        String say =
                uring.isAvailable()
                        ? uring.explanation()
                        : uring.explanation() + ". " + uring.remedy() + ".";
        // #endregion availability
        assertTrue(say.startsWith("io_uring is "), say);
        assertEquals(uring.isAvailable(), uring.reason() == null);
    }

    @Test
    void shouldChooseTheBest() {
        // #region best
        Transport transport = Net.transport(); // io_uring, or epoll, or NIO
        List<TransportProvider> all = Net.providers(); // the best first
        // #endregion best
        assertFalse(transport.isDisposed());
        assertEquals(
                List.of("uring", "epoll", "nio"),
                all.stream().map(TransportProvider::name).toList());
    }

    @Test
    void shouldRunOnANamedOne() throws Exception {
        // #region named
        Transport epoll = Net.provider("epoll").open(2); // two event loops of its own
        Listener listener = epoll.listen(ListenOptions.port(0)).block();
        // #endregion named
        Listener bound = Objects.requireNonNull(listener);
        bound.serve(conn -> conn.send(conn.receive())).subscribe();
        assertEquals("hello", ask(bound.address().getPort(), "hello"));
        epoll.disposeGracefully().block(LIMIT);
    }
}
