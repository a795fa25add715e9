// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.transport;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** In which order a host's addresses are tried. */
final class AddressOrder {
    /**
     * The families in turn, beginning with that of the first address, so that a family which does
     * not work costs one attempt and not all of its addresses (RFC 8305, section 4).
     */
    static Deque<InetAddress> interleave(List<InetAddress> addresses) {
        Deque<InetAddress> ordered = new ArrayDeque<>();
        Deque<InetAddress> same = new ArrayDeque<>();
        Deque<InetAddress> other = new ArrayDeque<>();
        for (InetAddress address : addresses) {
            boolean ofFirst = address.getClass() == addresses.getFirst().getClass();
            (ofFirst ? same : other).add(address);
        }
        while (!same.isEmpty() || !other.isEmpty()) {
            for (Deque<InetAddress> family : List.of(same, other)) {
                InetAddress next = family.poll();
                if (next != null) {
                    ordered.add(next);
                }
            }
        }
        return ordered;
    }

    private AddressOrder() {}
}
