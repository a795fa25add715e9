// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.uringreactive.stress.StubSockets;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/** An address is asked for just when the descriptor is closed: asked of a stranger's. */
@JCStressTest
@Outcome(id = "false", expect = ACCEPTABLE, desc = "asked before, or not at all")
@Outcome(id = "true", expect = FORBIDDEN, desc = "asked of a descriptor that is somebody else's")
@State
public class AddressesStress {
    private final Descriptor descriptor = new Descriptor();
    private final Addresses addresses = new Addresses(descriptor, 0);

    @Actor
    public void user() {
        InetSocketAddress ignored = addresses.remote();
    }

    @Actor
    public void loop() {
        addresses.seal();
        descriptor.closed = true;
    }

    @Arbiter
    public void look(Z_Result r) {
        r.r1 = descriptor.late;
    }

    private static final class Descriptor extends StubSockets {
        volatile boolean closed;
        boolean late;

        @Override
        public @Nullable InetSocketAddress peerAddress(int fd) {
            late = closed;
            return null;
        }
    }
}
