// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.epoll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Off Linux: {@link io.uringreactive.Net} serves and connects on NIO, says so, and no class is
 * loaded that is Linux's alone.
 */
class ElsewhereTest {
    /** What must not even be loaded: the downcalls, the rings and what drives them, epoll. */
    private static final Pattern LINUX =
            Pattern.compile(
                    "io\\.uringreactive\\.(sys\\.libc|loop|op|buffer)\\..*"
                            + "|io\\.uringreactive\\.sys\\.ring\\.(LinuxKernel|KernelRing).*"
                            + "|io\\.uringreactive\\.net\\.(?!UringProvider).*"
                            + "|io\\.netty\\.channel\\.(epoll|uring|kqueue)\\..*");

    @TempDir private Path directory;

    @Test
    void shouldServeOnNioWithoutLinuxsClasses() throws IOException, InterruptedException {
        Path loaded = directory.resolve("classes");
        Path output = directory.resolve("output");
        Process child =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Dos.name=Mac OS X",
                                "-Dreactor.logging.fallback=JDK",
                                "-Xlog:class+load:file=" + loaded,
                                "-cp",
                                System.getProperty("java.class.path"),
                                ElsewhereMain.class.getName())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        assertTrue(child.waitFor(60, TimeUnit.SECONDS), "the child does not end");
        String said = Files.readString(output, StandardCharsets.UTF_8);
        assertEquals(0, child.exitValue(), said);
        assertTrue(said.contains("answer: echo"), said);
        assertTrue(
                said.contains("Running on nio. io_uring is not available: this is Mac OS X"), said);
        assertTrue(said.contains("epoll is not available: this is Mac OS X"), said);

        List<String> classes =
                Files.readAllLines(loaded, StandardCharsets.UTF_8).stream()
                        .map(ElsewhereTest::className)
                        .toList();
        assertTrue(classes.contains(NettyTransport.class.getName()), "the log tells of classes");
        for (String known :
                List.of(
                        "io.uringreactive.sys.ring.LinuxKernel",
                        "io.uringreactive.loop.RingLoop",
                        "io.uringreactive.net.UringConnection",
                        "io.netty.channel.epoll.Epoll")) {
            assertTrue(LINUX.matcher(known).matches(), known);
        }
        assertEquals(List.of(), classes.stream().filter(LINUX.asMatchPredicate()).toList());
    }

    /** From lines such as {@code [0.042s][info][class,load] a.b.C source: file:...}. */
    private static String className(String line) {
        return line.replaceFirst("^(\\[[^]]*])+ ", "").replaceFirst(" .*", "");
    }
}
