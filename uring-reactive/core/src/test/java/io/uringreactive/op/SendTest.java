// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.op;

import static io.uringreactive.testing.Rings.LIMIT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.uringreactive.ConnectionReset;
import io.uringreactive.RingGroup;
import io.uringreactive.RingScheduler;
import io.uringreactive.testing.Loopback;
import io.uringreactive.testing.Rings;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

class SendTest {
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
    void shouldEmitHowManyBytesWereSent() throws IOException {
        byte[] hello = "hello".getBytes(StandardCharsets.US_ASCII);
        MemorySegment memory = Arena.ofAuto().allocateFrom(ValueLayout.JAVA_BYTE, hello);
        try (Loopback listener = Loopback.listen();
                Loopback.Pair pair = listener.pair(ring)) {
            StepVerifier.create(Send.from(ring, pair.fd(), memory))
                    .expectNext(hello.length)
                    .expectComplete()
                    .verify(LIMIT);
            assertArrayEquals(hello, pair.peer().getInputStream().readNBytes(hello.length));
        }
    }

    @Test
    void shouldFailWithoutASignalWhenThePeerIsGone() throws IOException {
        MemorySegment memory = Arena.ofAuto().allocate(16);
        try (Loopback listener = Loopback.listen();
                Loopback.Pair pair = listener.pair(ring)) {
            pair.peer().setSoLinger(true, 0);
            pair.peer().close();
            // The first one may tell of the reset, later ones are EPIPE: no SIGPIPE kills the JVM.
            StepVerifier.create(Send.from(ring, pair.fd(), memory).repeat(10))
                    .thenConsumeWhile(bytes -> true)
                    .expectError(ConnectionReset.class)
                    .verify(LIMIT);
            StepVerifier.create(Send.from(ring, pair.fd(), memory))
                    .expectError(ConnectionReset.class)
                    .verify(LIMIT);
        }
    }

    @Test
    void shouldWaitForRoomAndLetGoWhenCancelled() {
        MemorySegment memory = Arena.ofAuto().allocate(1 << 20);
        try (Loopback listener = Loopback.listen();
                Loopback.Pair pair = listener.pair(ring)) {
            // Nobody reads: at some point a send does not complete any more.
            StepVerifier.create(
                            Send.from(ring, pair.fd(), memory)
                                    .repeat()
                                    .timeout(Duration.ofMillis(200), ring))
                    .thenConsumeWhile(bytes -> bytes > 0)
                    .expectError(TimeoutException.class)
                    .verify(LIMIT);
            Rings.awaitIdle(ring);
        }
    }
}
