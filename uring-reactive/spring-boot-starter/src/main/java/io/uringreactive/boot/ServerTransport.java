// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.boot;

import io.uringreactive.Availability;
import io.uringreactive.Net;
import io.uringreactive.RingGroup;
import io.uringreactive.RingGroupOptions;
import io.uringreactive.Settings;
import io.uringreactive.Transport;
import io.uringreactive.TransportProvider;
import io.uringreactive.TransportUnavailable;
import io.uringreactive.sys.ring.RingUnavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;

/**
 * What the servers of one application run on: its main server and its management server share it.
 * Chosen when the first of them starts. Safe from any thread.
 *
 * <p>Where nothing about the rings is set, it is the transport that the whole process shares;
 * otherwise, and where the application has a class loader of its own, it is one of the application,
 * which ends with it.
 */
public final class ServerTransport implements DisposableBean {
    private static final Log LOG = LogFactory.getLog(ServerTransport.class);
    private static final String URING = "uring";
    private static final String AUTO = "auto";
    private static final Duration DISPOSE_TIMEOUT = Duration.ofSeconds(10);

    private final String wanted;
    private final Fallback fallback;
    private final @Nullable Supplier<RingGroupOptions> rings;
    private final @Nullable Integer threads;
    private final Supplier<List<TransportProvider>> providers;

    private @Nullable Transport transport;
    private boolean ours;
    private List<Availability> refusals = List.of();

    /**
     * @param wanted a transport's name, or {@code auto} for the best one
     * @param fallback what to do where {@code auto} does not find io_uring
     * @param rings the options of rings of its own; asked only where io_uring is available; null
     *     for the shared ones
     * @param threads how many threads of its own another transport has; null for the shared ones
     */
    public ServerTransport(
            String wanted,
            Fallback fallback,
            @Nullable Supplier<RingGroupOptions> rings,
            @Nullable Integer threads) {
        this(wanted, fallback, rings, threads, Net::providers);
    }

    ServerTransport(
            String wanted,
            Fallback fallback,
            @Nullable Supplier<RingGroupOptions> rings,
            @Nullable Integer threads,
            Supplier<List<TransportProvider>> providers) {
        this.wanted = wanted;
        this.fallback = fallback;
        this.rings = rings;
        this.threads = threads;
        this.providers = providers;
    }

    /** What {@code Net} would take, or nothing else than io_uring. */
    public ServerTransport(Fallback fallback) {
        this(AUTO, fallback, null, null);
    }

    /**
     * The transport, started by the first call and after it was disposed.
     *
     * @throws TransportUnavailable when there is none, with why not and what to change
     * @throws IllegalArgumentException when there is none of the wanted name
     */
    synchronized Transport get() {
        Transport current = transport;
        if (current == null || current.isDisposed()) {
            current = start();
            transport = current;
        }
        return current;
    }

    /** The transport while it runs; null before the first server has started. */
    public synchronized @Nullable Transport running() {
        return transport;
    }

    /** Why it is not io_uring, or not the best one: empty where it is. */
    public synchronized List<Availability> refusals() {
        return refusals;
    }

    private Transport start() {
        List<TransportUnavailable> failures = new ArrayList<>();
        for (TransportProvider provider : candidates()) {
            try {
                Transport started = start(provider);
                refusals = failures.stream().map(TransportUnavailable::availability).toList();
                if (!failures.isEmpty()) {
                    LOG.warn("Running on %s. %s.".formatted(started.name(), reasons()));
                }
                return started;
            } catch (TransportUnavailable e) {
                failures.add(e);
            }
        }
        TransportUnavailable failure = failures.getFirst();
        failures.stream().skip(1).forEach(failure::addSuppressed);
        throw failure;
    }

    private List<TransportProvider> candidates() {
        List<TransportProvider> all = providers.get();
        if (wanted.equals(AUTO) && fallback == Fallback.TRANSPORT) {
            return all;
        }
        String name = wanted.equals(AUTO) ? URING : wanted;
        List<TransportProvider> named =
                all.stream().filter(provider -> provider.name().equals(name)).toList();
        // For its message: it says which there are.
        return named.isEmpty() ? List.of(Net.provider(name)) : named;
    }

    private Transport start(TransportProvider provider) {
        if (provider.name().equals(URING) && rings != null) {
            return startRings(provider, rings);
        }
        Integer count =
                threads == null && !sharesThreads() ? Integer.valueOf(Settings.threads()) : threads;
        ours = count != null;
        return count == null ? provider.shared() : provider.open(count);
    }

    /**
     * Whether the application's classes are those of the whole process. Threads keep the context
     * class loader of who starts them; on shared ones, handlers of an application that has a class
     * loader of its own would find other classes, and the loader could not go. Devtools gives an
     * application a new one with every restart.
     */
    private static boolean sharesThreads() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return context == null || context.equals(ServerTransport.class.getClassLoader());
    }

    private Transport startRings(TransportProvider provider, Supplier<RingGroupOptions> options) {
        // First: where it is not Linux, no class may be touched that is Linux's alone.
        Availability availability = provider.availability();
        if (!availability.isAvailable()) {
            throw new TransportUnavailable(availability, null);
        }
        RingGroupOptions wantedRings = options.get();
        ours = !wantedRings.equals(RingGroupOptions.defaults()) || !sharesThreads();
        try {
            return ours ? RingGroup.create(wantedRings) : provider.shared();
        } catch (RingUnavailable e) {
            throw new TransportUnavailable(Availability.because(e), e);
        }
    }

    private String reasons() {
        return refusals.stream().map(Availability::toString).collect(Collectors.joining(". "));
    }

    /** Stops the threads, if they are its own; the servers have been stopped before. */
    @Override
    public synchronized void destroy() {
        Transport current = transport;
        if (current != null && ours) {
            current.disposeGracefully().block(DISPOSE_TIMEOUT);
        }
        transport = null;
    }
}
