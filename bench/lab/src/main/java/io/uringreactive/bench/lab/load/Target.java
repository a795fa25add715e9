// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.load;

/** Where a contestant listens. */
public record Target(String contestant, int port) {
    public static final String HOST = "127.0.0.1";

    String url() {
        return "http://" + HOST + ":" + port + "/";
    }
}
