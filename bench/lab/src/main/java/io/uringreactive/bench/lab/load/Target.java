// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.load;

import java.util.List;

/**
 * Where a contestant listens.
 *
 * @param way the prefix of a command that is to reach it; empty where all can
 */
public record Target(String contestant, String host, int port, List<String> way) {
    /** Of a server on loopback. */
    public static final String HOST = "127.0.0.1";

    Target(String contestant, int port) {
        this(contestant, HOST, port, List.of());
    }

    /** {@code path} begins with a slash. */
    String url(String path) {
        return "http://" + host + ":" + port + path;
    }
}
