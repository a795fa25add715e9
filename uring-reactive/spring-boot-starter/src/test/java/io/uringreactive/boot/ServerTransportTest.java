// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.boot;

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
import io.uringreactive.sys.ring.RingUnavailable.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
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
