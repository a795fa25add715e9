// SPDX-License-Identifier: Apache-2.0
package io.uringreactive;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.util.Logger;
import reactor.util.Loggers;

/** Finds the providers of the class path, and chooses one for {@link Net}. */
final class Transports {
    private static final Logger LOG = Loggers.getLogger(Net.class);
    private static final String AUTO = "auto";
    private static final String REMEDY =
            "Put uring-baseline-epoll on the class path to run without io_uring";

    private static @Nullable Transport chosen;

    /** All that there are, the best first, whether available or not. */
    static List<TransportProvider> providers() {
        ClassLoader loader = TransportProvider.class.getClassLoader();
        return ServiceLoader.load(TransportProvider.class, loader).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparingInt(TransportProvider::preference).reversed())
                .toList();
    }

    static TransportProvider named(String name) {
        List<TransportProvider> providers = providers();
        return providers.stream()
                .filter(provider -> provider.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(unknown(name, providers)));
    }

    private static String unknown(String name, List<TransportProvider> providers) {
        return "no transport is called %s; there are: %s. %s"
                .formatted(
                        name,
                        providers.stream()
                                .map(TransportProvider::name)
                                .collect(Collectors.joining(", ")),
                        REMEDY);
    }

    static synchronized void use(@Nullable Transport transport) {
        chosen = transport;
    }

    /** Chosen at the first use, and kept until it is disposed. */
    static synchronized Transport chosen() {
        Transport transport = chosen;
        if (transport == null || transport.isDisposed()) {
            transport = started(TransportProvider::shared);
            chosen = transport;
        }
        return transport;
    }

    /** By the provider that {@code -During.transport} names, or by the best one. */
    static Transport started(Function<TransportProvider, Transport> start) {
        String name = Settings.TRANSPORT.value();
        return name.equals(AUTO) ? first(providers(), start) : start.apply(named(name));
    }

    /**
     * The first that starts; says in one line of the log, at WARN, why it is not the first of all.
     *
     * @throws TransportUnavailable when none does
     */
    static Transport first(
            List<TransportProvider> providers, Function<TransportProvider, Transport> start) {
        List<TransportUnavailable> failures = new ArrayList<>();
        for (TransportProvider provider : providers) {
            try {
                Transport transport = start.apply(provider);
                if (!failures.isEmpty()) {
                    LOG.warn("Running on {}. {}.", transport.name(), reasons(failures));
                }
                return transport;
            } catch (TransportUnavailable e) {
                failures.add(e);
            }
        }
        TransportUnavailable failure = failures.getFirst();
        failures.stream().skip(1).forEach(failure::addSuppressed);
        throw failure;
    }

    private static String reasons(List<TransportUnavailable> failures) {
        return failures.stream()
                .map(failure -> failure.availability().toString())
                .collect(Collectors.joining(". "));
    }

    private Transports() {}
}
