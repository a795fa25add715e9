// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamingTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 200_000})
    void sendsAsManyBytesAsAreAskedForAndTheSameOnesAgainAfter64KiB(int count) {
        int place = 0;
        for (ByteBuf piece : pieces(count)) {
            for (; piece.isReadable(); place++) {
                int i = place % Streaming.PATTERN_BYTES;
                assertEquals((byte) (i * 31 + (i >> 8)), piece.readByte(), "at " + place);
            }
            piece.release();
        }
        assertEquals(count, place);
    }

    @Test
    void keepsItsMemoryWhenAReceiverReleases() {
        pieces(100_000).forEach(ByteBuf::release);
        assertEquals(65_536, pieces(65_536).getFirst().readableBytes());
    }

    private static List<ByteBuf> pieces(int count) {
        return Objects.requireNonNull(Streaming.bytes(count).collectList().block());
    }
}
