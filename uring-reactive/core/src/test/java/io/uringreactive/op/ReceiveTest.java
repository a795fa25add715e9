// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.op;

import static io.uringreactive.testing.Rings.LIMIT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

class ReceiveTest {
    private RingGroup group;
    private RingScheduler ring;
    private final MemorySegment memory = Arena.ofAuto().allocate(64);

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
    void shouldEmitTheBytesThatCameAndZeroAtTheEnd() throws IOException {
        byte[] hello = "hello".getBytes(StandardCharsets.US_ASCII);
        try (Loopback listener = Loopback.listen();
                Loopback.Pair pair = listener.pair(ring)) {
            pair.peer().getOutputStream().write(hello);
            StepVerifier.create(Receive.into(ring, pair.fd(), memory))
                    .expectNext(hello.length)
                    .expectComplete()
                    .verify(LIMIT);
            assertArrayEquals(
                    hello, memory.asSlice(0, hello.length).toArray(ValueLayout.JAVA_BYTE));
            pair.peer().shutdownOutput();
            StepVerifier.create(Receive.into(ring, pair.fd(), memory))
                    .expectNext(0)
                    .expectComplete()
                    .verify(LIMIT);
        }
    }

    @Test
    void shouldFailWhenThePeerResets() throws IOException {
        try (Loopback listener = Loopback.listen();
                Loopback.Pair pair = listener.pair(ring)) {
            pair.peer().setSoLinger(true, 0);
            pair.peer().close();
            StepVerifier.create(Receive.into(ring, pair.fd(), memory))
                    .expectError(ConnectionReset.class)
                    .verify(LIMIT);
        }
    }

    @Test
    void shouldLetGoWhenCancelledByATimeout() throws IOException {
        try (Loopback listener = Loopback.listen();
                Loopback.Pair pair = listener.pair(ring)) {
            StepVerifier.create(
                            Receive.into(ring, pair.fd(), memory)
                                    .timeout(Duration.ofMillis(5), ring))
                    .expectError()
                    .verify(LIMIT);
            Rings.awaitIdle(ring);
            // What comes now is not taken by the operation that was cancelled.
            pair.peer().getOutputStream().write(9);
            StepVerifier.create(Receive.into(ring, pair.fd(), memory))
                    .expectNext(1)
                    .expectComplete()
                    .verify(LIMIT);
            assertEquals(9, memory.get(ValueLayout.JAVA_BYTE, 0));
        }
    }
}
