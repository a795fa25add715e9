// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.boot.actuate;

import io.uringreactive.Availability;
import io.uringreactive.RingGroup;
import io.uringreactive.RingScheduler;
import io.uringreactive.RingStatus;
import io.uringreactive.Transport;
import io.uringreactive.boot.ServerTransport;
import java.util.List;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** {@code /actuator/uring}: what the servers run on, why, and what each ring does. */
@Endpoint(id = "uring")
public final class UringEndpoint {
    private static final String NOT_STARTED = "none";

    private final ServerTransport transport;

    UringEndpoint(ServerTransport transport) {
        this.transport = transport;
    }

    /**
     * What the endpoint tells.
     *
     * @param transport its name; {@code none} before a server has started
     * @param refusals why it is not a better one, each with what to change
     * @param rings of io_uring, in their order; empty on another transport
     */
    public record Description(String transport, List<String> refusals, List<RingStatus> rings) {}

    /** Emits what holds now; each ring is asked on its own thread. */
    @ReadOperation
    public Mono<Description> describe() {
        return Mono.defer(
                () -> {
                    Transport running = transport.running();
                    String name = running == null ? NOT_STARTED : running.name();
                    List<String> refusals =
                            transport.refusals().stream().map(Availability::toString).toList();
                    return Flux.fromIterable(
                                    running instanceof RingGroup group
                                            ? group.rings()
                                            : List.<RingScheduler>of())
                            .concatMap(RingScheduler::status)
                            .collectList()
                            .map(rings -> new Description(name, refusals, rings));
                });
    }
}
