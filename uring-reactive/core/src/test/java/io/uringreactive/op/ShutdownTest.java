// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.op;

import static io.uringreactive.testing.Rings.LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.uringreactive.ConnectionClosed;
import io.uringreactive.RingGroup;
import io.uringreactive.RingScheduler;
import io.uringreactive.testing.Loopback;
import io.uringreactive.testing.Rings;
import java.io.IOException;
import java.lang.foreign.Arena;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

class ShutdownTest {
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
    void shouldEndTheOutputAndLeaveTheInputOpen() throws IOException {
        try (Loopback listener = Loopback.listen();
                Loopback.Pair pair = listener.pair(ring)) {
            StepVerifier.create(Shutdown.output(ring, pair.fd())).expectComplete().verify(LIMIT);
            assertEquals(-1, pair.peer().getInputStream().read());
            pair.peer().getOutputStream().write(new byte[3]);
            StepVerifier.create(Receive.into(ring, pair.fd(), Arena.ofAuto().allocate(3)))
                    .expectNext(3)
                    .expectComplete()
                    .verify(LIMIT);
        }
    }

    @Test
    void shouldFailOnASocketThatIsNotConnected() {
        try (Loopback listener = Loopback.listen()) {
            int fd = Loopback.socket(listener.address());
            StepVerifier.create(Shutdown.output(ring, fd))
                    .expectError(ConnectionClosed.class)
                    .verify(LIMIT);
            Loopback.close(fd);
        }
    }
}
