// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.op;

import static io.uringreactive.testing.Rings.LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.uringreactive.ConnectFailed;
import io.uringreactive.sys.ring.LinuxKernel;
import io.uringreactive.testing.Loopback;
import io.uringreactive.testing.OnOneRing;
import io.uringreactive.testing.Rings;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.test.StepVerifier;

class ConnectTest extends OnOneRing {
    @Test
    void shouldConnect() {
        try (Loopback listener = Loopback.listen()) {
            int fd = Loopback.socket(listener.address());
            StepVerifier.create(Connect.to(ring, fd, listener.address()))
                    .expectComplete()
                    .verify(LIMIT);
            int accepted =
                    Objects.requireNonNull(Accept.once(ring, listener.fd()).block(LIMIT)).take();
            assertEquals(
                    LinuxKernel.instance().sockets().localAddress(fd),
                    LinuxKernel.instance().sockets().peerAddress(accepted));
            Loopback.close(fd);
            Loopback.close(accepted);
        }
    }

    @Test
    void shouldTellThatNobodyListens() {
        Loopback listener = Loopback.listen();
        InetSocketAddress address = listener.address();
        listener.close();
        int fd = Loopback.socket(address);
        StepVerifier.create(Connect.to(ring, fd, address))
                .expectErrorMatches(
                        e ->
                                e instanceof ConnectFailed failed
                                        && failed.operation().equals("connect")
                                        && failed.toString().contains("ECONNREFUSED"))
                .verify(LIMIT);
        Loopback.close(fd);
    }

    @Test
    void shouldRefuseAnAddressThatIsNotResolved() {
        InetSocketAddress unresolved = InetSocketAddress.createUnresolved("nowhere.invalid", 80);
        StepVerifier.create(Connect.to(ring, -1, unresolved))
                .expectError(IllegalArgumentException.class)
                .verify(LIMIT);
        StepVerifier.create(Nop.on(ring)).expectComplete().verify(LIMIT);
    }

    @Test
    void shouldLetGoWhenCancelled() {
        try (Loopback listener = Loopback.listen()) {
            for (int round = 0; round < 100; round++) {
                int fd = Loopback.socket(listener.address());
                Disposable connecting = Connect.to(ring, fd, listener.address()).subscribe();
                assertNotNull(connecting);
                connecting.dispose();
                Rings.awaitIdle(ring);
                Loopback.close(fd);
            }
        }
    }
}
