// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.epoll;

import io.netty.channel.epoll.Epoll;
import io.uringreactive.Availability;
import io.uringreactive.Transport;
import io.uringreactive.sys.ring.RingUnavailable.Reason;
import java.util.Set;

/** epoll by Netty's native library: Linux on x86-64 or arm64. */
public final class EpollProvider extends NettyProvider {
    static final String NAME = "epoll";

    private static final int PREFERENCE = 50;
    private static final Set<String> ARCHITECTURES = Set.of("amd64", "x86_64", "aarch64");
    private static final Shared SHARED = new Shared();

    /** Starts and loads nothing. */
    public EpollProvider() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int preference() {
        return PREFERENCE;
    }

    @Override
    public Availability availability() {
        String os = System.getProperty("os.name");
        if (!os.equals("Linux")) {
            return no(
                    Reason.NOT_LINUX,
                    "this is " + os + ", epoll is Linux's",
                    "Run on Linux, or use the transport nio");
        }
        String architecture = System.getProperty("os.arch");
        if (!ARCHITECTURES.contains(architecture)) {
            return no(
                    Reason.ARCHITECTURE,
                    "the architecture " + architecture + " is not supported",
                    "Run on x86-64 (amd64) or arm64 (aarch64), or use the transport nio");
        }
        return OnLinux.availability();
    }

    private static Availability no(Reason reason, String what, String remedy) {
        return new Availability(reason, "epoll is not available: " + what, remedy);
    }

    @Override
    public Transport shared() {
        return SHARED.get(this);
    }

    @Override
    Sockets sockets() {
        return new EpollSockets();
    }

    /** Asks Netty, whose classes are loaded then. */
    private static final class OnLinux {
        static Availability availability() {
            Throwable cause = Epoll.unavailabilityCause();
            return cause == null
                    ? new Availability(null, "epoll is available: Netty's native library", "")
                    : no(
                            Reason.OTHER,
                            "Netty's native library was not loaded (" + cause + ")",
                            "Put io.netty:netty-transport-native-epoll with the classifier"
                                    + " linux-x86_64 or linux-aarch_64 on the class path, and let"
                                    + " it write to java.io.tmpdir");
        }

        private OnLinux() {}
    }
}
