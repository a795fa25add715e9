// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.boot;

import io.uringreactive.BindFailed;
import io.uringreactive.sys.abi.Errno;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says why the server's address cannot be had. A port in use is left to Spring Boot's own. */
final class BindFailedFailureAnalyzer extends AbstractFailureAnalyzer<BindFailed> {
    @Override
    protected @Nullable FailureAnalysis analyze(Throwable root, BindFailed cause) {
        if (cause.isAddressInUse()) {
            return null;
        }
        return new FailureAnalysis(
                "The web server cannot listen: " + cause.getMessage() + ".",
                isForbidden(cause)
                        ? "Set server.port to 1024 or above, or let the process have lower ones:"
                                + " give it the capability CAP_NET_BIND_SERVICE, or lower"
                                + " net.ipv4.ip_unprivileged_port_start with sysctl."
                        : "Set server.address to an address of this machine (\"ip address\" lists"
                                + " them), or leave it out to listen on all of them. For a"
                                + " management server it is management.server.address.",
                cause);
    }

    private static boolean isForbidden(BindFailed cause) {
        return Errno.EACCES.is(-cause.errno()) || Errno.EPERM.is(-cause.errno());
    }
}
