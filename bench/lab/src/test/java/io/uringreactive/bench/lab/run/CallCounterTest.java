// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.uringreactive.bench.lab.load.LoadHost;
import io.uringreactive.bench.lab.plan.Kind;
import io.uringreactive.bench.lab.process.Tool;
import io.uringreactive.bench.lab.testing.TinySite;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both ways to count, of a server that makes two calls for each message. */
class CallCounterTest {
    private static final int MESSAGES = 500;

    @TempDir private Path folder;

    @Test
    void shouldCountWithStrace() throws IOException {
        Tool strace = new Tool("strace", "strace", "-V");
        assumeFalse(strace.isMissing(), strace.remedy());
        Site site = TinySite.in(folder);
        assertCounts(site, new CallCounter.Strace(site.loadCores(), folder.resolve("calls")));
    }

    @Test
    void shouldCountWithPerf() throws IOException {
        Path file = folder.resolve("calls");
        assumeTrue(CallCounter.Perf.works(file), "perf does not count raw_syscalls:sys_enter here");
        Site site = TinySite.in(folder);
        assertCounts(site, new CallCounter.Perf(site.loadCores(), file));
    }

    private void assertCounts(Site site, CallCounter counter) throws IOException {
        Path own = Files.createDirectories(folder.resolve("server"));
        try (Server server = new Server(site, TinySite.contestant("echo", Kind.PEER), 1, own)) {
            server.awaitReady();
            OptionalLong calls = counter.count(server, host -> load(host, server.target().port()));
            assertFalse(calls.isEmpty(), counter.name());
            double each = (double) calls.getAsLong() / MESSAGES;
            // A read and a write, and what the rest of the JVM does meanwhile.
            assertTrue(each >= 2 && each < 4, counter.name() + ": " + each);
        }
    }

    /** Messages one after the other, while the prefix of the host, if there is one, looks on. */
    private static void load(LoadHost host, int port) {
        try {
            List<String> command = new ArrayList<>(host.prefix());
            command.add("cat");
            Process counting = host.prefix().isEmpty() ? null : new ProcessBuilder(command).start();
            if (counting != null) {
                // Once cat answers, perf counts.
                counting.getOutputStream().write('x');
                counting.getOutputStream().flush();
                assertEquals('x', counting.getInputStream().read());
            }
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                OutputStream out = socket.getOutputStream();
                InputStream in = socket.getInputStream();
                for (int i = 0; i < MESSAGES; i++) {
                    out.write(i);
                    assertEquals((byte) i, (byte) in.read());
                }
            }
            if (counting != null) {
                counting.getOutputStream().close();
                assertEquals(0, counting.waitFor());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
