// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.boot.actuate;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.uringreactive.ListenerStatus;
import io.uringreactive.RingGroup;
import io.uringreactive.RingStatus;
import io.uringreactive.boot.ServerTransport;
import io.uringreactive.boot.UringWebServer;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;

/**
 * {@code uring.*} of Micrometer: for each server its connections and what its listener has done,
 * and for each ring what it holds and has done. Registered when a server has started, for what it
 * runs on then.
 */
final class UringMetrics implements ApplicationListener<WebServerInitializedEvent> {
    private static final double NANOS_PER_SECOND = 1e9;

    private final MeterRegistry registry;
    private final ServerTransport transport;
    private @Nullable RingReadings readings;

    UringMetrics(MeterRegistry registry, ServerTransport transport) {
        this.registry = registry;
        this.transport = transport;
    }

    @Override
    public synchronized void onApplicationEvent(WebServerInitializedEvent event) {
        if (event.getWebServer() instanceof UringWebServer server) {
            String namespace = event.getApplicationContext().getServerNamespace();
            bind(server, Tags.of("server", namespace == null ? "server" : namespace));
            if (readings == null && transport.running() instanceof RingGroup group) {
                readings = new RingReadings(group);
                bind(readings);
            }
        }
    }

    private void bind(UringWebServer server, Tags tags) {
        Gauge.builder("uring.server.connections", server, UringWebServer::connections)
                .description("Connections that are open")
                .tags(tags)
                .register(registry);
        Listening of = new Listening(server, tags);
        of.counter("accepted", "Connections accepted", ListenerStatus::accepted);
        of.counter("unclaimed", "Connections that nobody used", ListenerStatus::unclaimed);
        of.counter("back.offs", "Errors after which accept paused", ListenerStatus::backOffs);
    }

    private void bind(RingReadings rings) {
        for (int ring = 0; ring < rings.rings(); ring++) {
            Ring of = new Ring(rings, ring);
            of.gauge("in.flight", "Operations that have not ended", RingStatus::inFlight);
            of.gauge("connections", "Descriptors of connections", RingStatus::connections);
            of.counter("turns", "Times round the loop", RingStatus::turns);
            of.seconds("busy", "Time not spent waiting", RingStatus::busyNanos);
            of.counter("blocked", "Turns that took too long", RingStatus::blocked);
            of.counter("rearms", "Multishots that were armed again", RingStatus::rearms);
            of.gauge("buffers.free", "Provided buffers not in use", RingStatus::buffersFree);
            of.gauge("buffers.out", "Provided buffers in use", RingStatus::buffersOut);
            of.counter("buffers.copied", "Received buffers copied", RingStatus::buffersCopied);
            of.counter(
                    "buffers.starved",
                    "Receives that had to wait for a buffer",
                    RingStatus::buffersStarved);
            of.counter(
                    "late.completions",
                    "Completions for operations that were gone",
                    RingStatus::lateCompletions);
            of.counter("enters", "Calls of io_uring_enter", s -> s.counters().enters());
            of.counter("submitted", "Operations submitted", s -> s.counters().submitted());
            of.counter("completions", "Completions delivered", s -> s.counters().completions());
            of.counter(
                    "overflows",
                    "Times that the completion queue was too small",
                    s -> s.counters().overflows());
            of.perEnter(
                    "submitted.per.enter",
                    "Operations submitted by one system call",
                    s -> s.counters().submitted());
            of.perEnter(
                    "completions.per.enter",
                    "Completions brought by one system call",
                    s -> s.counters().completions());
        }
    }

    private final class Listening {
        private final UringWebServer server;
        private final Tags tags;

        Listening(UringWebServer server, Tags tags) {
            this.server = server;
            this.tags = tags;
        }

        void counter(String name, String description, ToDoubleFunction<ListenerStatus> number) {
            FunctionCounter.builder(
                            "uring.listener." + name,
                            server,
                            of -> number.applyAsDouble(of.listener()))
                    .description(description)
                    .tags(tags)
                    .register(registry);
        }
    }

    private final class Ring {
        private final RingReadings readings;
        private final int index;
        private final Tags tags;

        Ring(RingReadings readings, int index) {
            this.readings = readings;
            this.index = index;
            this.tags = Tags.of("ring", String.valueOf(index));
        }

        void gauge(String name, String description, ToDoubleFunction<RingStatus> number) {
            Gauge.builder("uring.ring." + name, readings, of -> of.read(index, number))
                    .description(description)
                    .tags(tags)
                    .register(registry);
        }

        /** Between the last two readings. */
        void perEnter(String name, String description, ToDoubleFunction<RingStatus> number) {
            Gauge.builder("uring.ring." + name, readings, of -> of.perEnter(index, number))
                    .description(description)
                    .tags(tags)
                    .register(registry);
        }

        void seconds(String name, String description, ToDoubleFunction<RingStatus> nanos) {
            FunctionCounter.builder(
                            "uring.ring." + name,
                            readings,
                            of -> of.read(index, nanos) / NANOS_PER_SECOND)
                    .baseUnit("seconds")
                    .description(description)
                    .tags(tags)
                    .register(registry);
        }

        void counter(String name, String description, ToDoubleFunction<RingStatus> number) {
            FunctionCounter.builder("uring.ring." + name, readings, of -> of.read(index, number))
                    .description(description)
                    .tags(tags)
                    .register(registry);
        }
    }
}
