// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

/** Who began a connection, as it is told in a connection's description. */
enum Origin {
    ACCEPTED("<-"),
    CONNECTED("->");

    private final String arrow;

    Origin(String arrow) {
        this.arrow = arrow;
    }

    /** From the one who began it to the other; this side is on the left. */
    String arrow() {
        return arrow;
    }
}
