// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.boot;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.Availability;
import io.uringreactive.Net;
import io.uringreactive.RingGroup;
import io.uringreactive.RingGroupOptions;
import io.uringreactive.Transport;
import io.uringreactive.TransportProvider;
import io.uringreactive.TransportUnavailable;
import io.uringreactive.http.HttpOptions;
import io.uringreactive.http.HttpServer;
import io.uringreactive.http.UringHttp;
import io.uringreactive.sys.ring.RingUnavailable.Reason;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What servers run on, and what is said of it. */
@ExtendWith(OutputCaptureExtension.class)
class ServerTransportTest {
    /** io_uring as a container has it. */
    private static final class Denied implements TransportProvider {
        @Override
        public String name() {
            return "uring";
        }

        @Override
        public int preference() {
            return 100;
        }

        @Override
        public Availability availability() {
            return new Availability(Reason.OTHER, "io_uring is denied here", "Allow it");
        }

        @Override
        public Transport shared() {
            throw new TransportUnavailable(availability(), null);
        }

        @Override
        public Transport open(int threads) {
            return shared();
        }
    }

    private static ServerTransport denied(Fallback fallback) {
        return new ServerTransport(
                "auto",
                fallback,
                RingGroupOptions::defaults,
                null,
                () -> List.of(new Denied(), Net.provider("epoll")));
    }

    @Test
    void shouldFallBackAndSayWhyOnce(CapturedOutput output) {
        ServerTransport transport = denied(Fallback.TRANSPORT);
        Transport running = transport.get();
        assertEquals("epoll", running.name());
        assertSame(running, transport.get());
        assertEquals("io_uring is denied here", transport.refusals().getFirst().explanation());
        String warning = "Running on epoll. io_uring is denied here. Allow it.";
        String out = output.getOut();
        assertTrue(out.contains(warning), out);
        assertEquals(out.indexOf(warning), out.lastIndexOf(warning));
        transport.destroy();
        assertFalse(running.isDisposed(), "it is shared");
    }

    @Test
    void shouldFailWhereThatIsWanted() {
        ServerTransport transport = denied(Fallback.FAIL);
        TransportUnavailable e = assertThrows(TransportUnavailable.class, transport::get);
        FailureAnalysis analysis = new TransportUnavailableFailureAnalyzer().analyze(e);
        assertNotNull(analysis);
        assertTrue(analysis.getDescription().contains("io_uring is denied here"));
        assertTrue(String.valueOf(analysis.getAction()).contains("Allow it"));
        assertTrue(
                String.valueOf(analysis.getAction()).contains("server.uring.fallback=transport"));
    }

    @Test
    void shouldShareTheRingsOfTheProcess() {
        ServerTransport transport =
                new ServerTransport("auto", Fallback.FAIL, RingGroupOptions::defaults, null);
        assertSame(RingGroup.shared(), transport.get());
        transport.destroy();
        assertFalse(RingGroup.shared().isDisposed());
    }

    @Test
    void shouldHaveRingsOfItsOwnAndEndThem() {
        ServerTransport transport =
                new ServerTransport(
                        "auto",
                        Fallback.FAIL,
                        () -> RingGroupOptions.defaults().rings(1).buffers(64, 4096),
                        1);
        Transport own = transport.get();
        assertNotSame(RingGroup.shared(), own);
        transport.destroy();
        assertTrue(own.isDisposed());
    }

    /** As devtools restarts it: handlers must find the classes of the present start. */
    @ParameterizedTest
    @ValueSource(strings = {"uring", "epoll"})
    void shouldHaveThreadsOfItsOwnForAClassLoaderOfItsOwn(String name) throws Exception {
        Thread starting = Thread.currentThread();
        ClassLoader before = starting.getContextClassLoader();
        try (URLClassLoader restarted = new URLClassLoader(new URL[0], before)) {
            starting.setContextClassLoader(restarted);
            ServerTransport transport =
                    new ServerTransport(name, Fallback.TRANSPORT, RingGroupOptions::defaults, null);
            Transport own = transport.get();
            assertSame(restarted, contextClassLoader(own));
            transport.destroy();
            assertTrue(own.isDisposed());
        } finally {
            starting.setContextClassLoader(before);
        }
    }

    /** What a handler finds. */
    private static ClassLoader contextClassLoader(Transport transport) throws Exception {
        CompletableFuture<ClassLoader> seen = new CompletableFuture<>();
        HttpServer server =
                UringHttp.listen(
                                HttpOptions.port(0).transport(transport),
                                (request, response) -> {
                                    seen.complete(Thread.currentThread().getContextClassLoader());
                                    return response.send();
                                })
                        .block(Client.PATIENCE);
        Client.get(requireNonNull(server).address().getPort(), "/");
        server.dispose();
        return seen.get(Client.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void shouldHaveThreadsOfItsOwnOnAnotherTransport() {
        ServerTransport transport =
                new ServerTransport("nio", Fallback.TRANSPORT, RingGroupOptions::defaults, 1);
        Transport own = transport.get();
        assertEquals("nio", own.name());
        assertEquals(List.of(), transport.refusals());
        transport.destroy();
        assertTrue(own.isDisposed());
    }

    @Test
    void shouldSayWhichTransportsThereAre() {
        ServerTransport transport = new ServerTransport("kqueue", Fallback.TRANSPORT, null, null);
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, transport::get);
        assertTrue(String.valueOf(e.getMessage()).contains("uring, epoll, nio"), e.getMessage());
    }
}
