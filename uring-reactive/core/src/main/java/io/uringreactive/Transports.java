// SPDX-License-Identifier: Apache-2.0
package io.uringreactive;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.util.Logger;
import reactor.util.Loggers;

/** Finds the transports of the class path, and chooses one for {@link Net}. */
final class Transports {
    private static final Logger LOG = Loggers.getLogger(Net.class);
    private static final String AUTO = "auto";
    private static final String REMEDY =
            "Put uring-baseline-epoll on the class path to run without io_uring";

    private static @Nullable Transport chosen;

    /** All that there are, the best first, whether available or not. */
    static List<Transport> all() {
        return ServiceLoader.load(Transport.class, Transport.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparingInt(Transport::preference).reversed())
                .toList();
    }

    static Transport named(String name) {
        List<Transport> all = all();
        return all.stream()
                .filter(transport -> transport.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "no transport is called "
                                                + name
                                                + "; there are: "
                                                + all.stream()
                                                        .map(Transport::name)
                                                        .collect(Collectors.joining(", "))
                                                + ". "
                                                + REMEDY));
    }

    static synchronized void use(Transport transport) {
        chosen = transport;
    }

    /** The next use chooses anew. */
    static synchronized void forget() {
        chosen = null;
    }

    /** Chosen at the first use, and then kept. */
    static synchronized Transport chosen() {
        Transport transport = chosen;
        if (transport == null) {
            String name = Settings.TRANSPORT.value();
            transport = name.equals(AUTO) ? best(all()) : named(name);
            chosen = transport;
        }
        return transport;
    }

    /**
     * The first of {@code all} that is available; says in one line of the log, at WARN, why it is
     * not the first of all. Where none is available, that first one, whose publishers fail with the
     * same words.
     */
    static Transport best(List<Transport> all) {
        List<String> reasons = new ArrayList<>();
        for (Transport transport : all) {
            Availability availability = transport.availability();
            if (availability.isAvailable()) {
                if (!reasons.isEmpty()) {
                    LOG.warn("Running on {}. {}.", transport.name(), String.join(". ", reasons));
                }
                return transport;
            }
            reasons.add(availability.toString());
        }
        LOG.warn("No transport is available. {}. {}.", String.join(". ", reasons), REMEDY);
        return all.getFirst();
    }

    private Transports() {}
}
