// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.transport;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Who began a connection, as it is told in a connection's description. */
public enum Origin {
    ACCEPTED("<-"),
    CONNECTED("->");

    /** From the one who began it to the other; this side is on the left. */
    private final String arrow;

    Origin(String arrow) {
        this.arrow = arrow;
    }

    /** This side, who began it, the other side. */
    public String text(@Nullable InetSocketAddress local, @Nullable InetSocketAddress remote) {
        return text(local) + " " + arrow + " " + text(remote);
    }

    /** As java.net writes it, without the slash after a missing host name; {@code ?} for null. */
    public static String text(@Nullable InetSocketAddress address) {
        return address == null ? "?" : address.toString().replaceFirst("^[^/]*/", "");
    }
}
