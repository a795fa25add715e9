// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.examples;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * A file on its way to disk, which has a name of its own until it is complete. Methods block unless
 * they say otherwise. A client that leaves does not wait for the write in progress, so {@link #end}
 * may meet the other methods on another thread: they exclude each other, and what comes after the
 * end does nothing.
 */
final class Upload {
    private static final String UNFINISHED = ".upload-";

    private final Path folder;
    private final Digest digest = new Digest();
    private @Nullable Path unfinished;
    private @Nullable OutputStream out;
    private final Queue<DataBuffer> waiting = new ConcurrentLinkedQueue<>();
    private volatile boolean ended;

    /** Makes no file yet: the first write does. */
    Upload(Path folder) {
        this.folder = folder;
    }

    /**
     * Takes over a buffer, to be written after those before it, and does not block. Buffers are
     * kept here and not by the operators in between, which lose what they hold when a cancellation
     * meets a step that waits for its thread.
     */
    Upload take(DataBuffer buffer) {
        waiting.add(buffer);
        if (ended) {
            releaseAll();
        }
        return this;
    }

    /** Appends the oldest of the buffers taken and releases it. */
    synchronized Upload writeNext() {
        DataBuffer buffer = waiting.poll();
        if (buffer == null) {
            return this;
        }
        try (InputStream in = buffer.asInputStream(true)) {
            if (!ended) {
                digest.update(buffer);
                in.transferTo(open());
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // Not a FileChannel: a cancellation interrupts the thread, which would close the channel and
    // fail the write when nobody is left to hear of it.
    private OutputStream open() throws IOException {
        if (out == null) {
            unfinished = Files.createTempFile(folder, UNFINISHED, "");
            out = new FileOutputStream(unfinished.toFile());
        }
        return out;
    }

    /**
     * Gives the file its name, in place of another one of that name.
     *
     * @return nothing after the end
     */
    synchronized @Nullable StoredFile complete(Path target) throws IOException {
        if (ended) {
            return null;
        }
        open().close();
        if (unfinished != null) {
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
            unfinished = null;
        }
        return digest.of(target.getFileName().toString());
    }

    /** Closes and removes what is there, unless it was completed, and releases all buffers. */
    synchronized void end() throws IOException {
        ended = true;
        releaseAll();
        try {
            if (out != null) {
                out.close();
            }
        } finally {
            if (unfinished != null) {
                Files.deleteIfExists(unfinished);
            }
        }
    }

    private void releaseAll() {
        for (DataBuffer buffer = waiting.poll(); buffer != null; buffer = waiting.poll()) {
            DataBufferUtils.release(buffer);
        }
    }
}
