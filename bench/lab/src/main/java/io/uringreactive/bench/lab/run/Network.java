// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.run;

import io.uringreactive.bench.lab.load.Target;
import io.uringreactive.bench.lab.process.LabException;
import java.util.List;

/** What lies between servers and load. */
interface Network extends AutoCloseable {
    /** The address that servers listen on. */
    String host();

    /** Of the command of a server, so that it is on its host. */
    List<String> serverPrefix();

    /** The same for a load; empty if this process reaches servers too. */
    List<String> loadPrefix();

    /** For a result. */
    String description();

    @Override
    void close();

    static Network loopback() {
        return new Loopback("loopback");
    }

    /** Two hosts if they are wanted and allowed; loopback otherwise, which then says why. */
    static Network of(boolean betweenHosts, Progress progress) {
        if (!betweenHosts) {
            return loopback();
        }
        try {
            return new VethHosts();
        } catch (LabException e) {
            String why = String.valueOf(e.getMessage()).strip().replaceAll("\\s+", " ");
            progress.say("server and load share loopback, since there are no two hosts: %s", why);
            progress.say("as root, with ip (Debian package iproute2), there are");
            return new Loopback("loopback, since there are no two hosts: " + why);
        }
    }

    /** One host. */
    record Loopback(String description) implements Network {
        @Override
        public String host() {
            return Target.HOST;
        }

        @Override
        public List<String> serverPrefix() {
            return List.of();
        }

        @Override
        public List<String> loadPrefix() {
            return List.of();
        }

        @Override
        public void close() {}
    }
}
