// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.webflux;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.io.buffer.NettyDataBuffer;

class ResponseBuffersTest {
    private final ResponseBuffers buffers = new ResponseBuffers(UnpooledByteBufAllocator.DEFAULT);

    @ParameterizedTest
    @CsvSource({"0, false", "1, false", "512, false", "513, true", "70000, true"})
    void shouldTakeNativeMemoryForWhatIsNotCopiedAnyway(int bytes, boolean isNative) {
        NettyDataBuffer buffer = buffers.allocateBuffer(bytes);
        assertEquals(isNative, buffer.getNativeBuffer().isDirect());
        buffer.getNativeBuffer().release();
    }

    @ParameterizedTest
    @CsvSource({"10, 5", "10, 5000", "2000, 50000"})
    void shouldHoldWhatIsWrittenAlsoWhereItGrows(int bytes, int written) {
        NettyDataBuffer buffer = buffers.allocateBuffer(bytes);
        String text = "x".repeat(written);
        buffer.write(text, UTF_8);
        assertEquals(text, buffer.toString(UTF_8));
        buffer.getNativeBuffer().release();
    }
}
