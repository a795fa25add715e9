// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.examples;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.springframework.core.io.buffer.DataBuffer;

/** Size and SHA-256 of what passes by. For one stream. */
final class Digest {
    private final MessageDigest sha256;
    private long bytes;

    Digest() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** Looks at what is readable, and leaves it so. */
    void update(DataBuffer buffer) {
        bytes += buffer.readableByteCount();
        try (DataBuffer.ByteBufferIterator parts = buffer.readableByteBuffers()) {
            while (parts.hasNext()) {
                ByteBuffer part = parts.next();
                sha256.update(part);
            }
        }
    }

    /** Once, at the end. */
    StoredFile of(String name) {
        return new StoredFile(name, bytes, HexFormat.of().formatHex(sha256.digest()));
    }
}
