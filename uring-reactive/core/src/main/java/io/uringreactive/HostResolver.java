// SPDX-License-Identifier: Apache-2.0
package io.uringreactive;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses of a host name. */
@FunctionalInterface
public interface HostResolver {
    /**
     * The addresses, the preferred one first. May block: it is called on {@link
     * reactor.core.scheduler.Schedulers#boundedElastic()}, never on a ring, and interrupted when
     * nobody waits for it any more.
     *
     * @throws UnknownHostException when there is no such host
     */
    List<InetAddress> resolve(String host) throws UnknownHostException;

    /**
     * The JVM's own: {@link InetAddress#getAllByName}, with its cache. It puts IPv4 first unless
     * {@code -Djava.net.preferIPv6Addresses} says {@code true}, or {@code system} for the order of
     * the operating system (RFC 6724).
     */
    static HostResolver system() {
        return host -> List.of(InetAddress.getAllByName(host));
    }
}
