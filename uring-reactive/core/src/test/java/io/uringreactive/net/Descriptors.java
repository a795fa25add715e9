// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The file descriptors of this process, from /proc/self/fd (proc(5)). */
final class Descriptors {
    /** Files are not counted: the JVM opens and closes some of its own at any time. */
    static long socketsAndRings() {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.filter(Descriptors::isSocketOrRing).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isSocketOrRing(Path descriptor) {
        try {
            String target = Files.readSymbolicLink(descriptor).toString();
            return target.startsWith("socket:") || target.startsWith("anon_inode:");
        } catch (IOException e) {
            // Closed between the listing and the look.
            return false;
        }
    }

    private Descriptors() {}
}
