// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.op;

import static io.uringreactive.testing.Rings.LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.uringreactive.RingGroup;
import io.uringreactive.RingScheduler;
import io.uringreactive.UnexpectedErrno;
import io.uringreactive.testing.Loopback;
import io.uringreactive.testing.Rings;
import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

class CloseTest {
    private static final int NO_DESCRIPTOR = 1 << 20;

    private RingGroup group;
    private RingScheduler ring;

    @BeforeEach
    void open() {
        group = Rings.group(1);
        ring = group.next();
    }

    @AfterEach
    void close() {
        Rings.stop(group);
    }

    @Test
    void shouldCloseTheDescriptor() throws IOException {
        try (Loopback listener = Loopback.listen()) {
            int before = Rings.descriptors();
            Loopback.Pair pair = listener.pair(ring);
            StepVerifier.create(Close.of(ring, pair.fd())).expectComplete().verify(LIMIT);
            try (Socket peer = pair.peer()) {
                assertEquals(-1, peer.getInputStream().read());
            }
            assertEquals(before, Rings.descriptors());
        }
    }

    @Test
    void shouldFailWhereThereIsNothingToClose() {
        StepVerifier.create(Close.of(ring, NO_DESCRIPTOR))
                .expectErrorMatches(
                        e -> e instanceof UnexpectedErrno && e.toString().contains("EBADF"))
                .verify(LIMIT);
    }
}
