// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.contract;

import io.uringreactive.BindFailed;
import io.uringreactive.Connection;
import io.uringreactive.ListenOptions;
import io.uringreactive.Listener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Transports that listen, connect or serve wrongly. */
enum ServeMutant implements Mutant {
    KEEPS_THE_CONNECTION_OF_A_FAILED_HANDLER(
            "HandlerContract#shouldResetTheConnectionOfAHandlerThatFailsAndServeTheOthers",
            () ->
                    new Breakage() {
                        @Override
                        public Publisher<Void> handler(Publisher<Void> handler) {
                            return Flux.from(handler).onErrorResume(e -> Mono.never());
                        }
                    }),

    RUNS_HANDLERS_ELSEWHERE(
            "HandlerContract#shouldRunTheHandlerOnTheConnectionsThread",
            () ->
                    new Breakage() {
                        @Override
                        public Publisher<Void> handler(Publisher<Void> handler) {
                            return Flux.from(handler).subscribeOn(Schedulers.single());
                        }
                    }),

    LEAVES_THE_HANDLER_OF_AN_ENDED_CONNECTION(
            "HandlerContract#shouldCancelTheHandlerWhenTheConnectionHasEnded",
            () ->
                    new Breakage() {
                        @Override
                        public Publisher<Void> handler(Publisher<Void> handler) {
                            return Tampered.withoutCancel(handler);
                        }
                    }),

    ACCEPTS_WITHOUT_DEMAND(
            "ListenContract#shouldAcceptNothingWithoutDemand",
            () ->
                    new Breakage() {
                        @Override
                        public Flux<Connection> connections(Flux<Connection> connections) {
                            return Tampered.withoutDemand(connections);
                        }
                    }),

    ACCEPTS_ON_AFTER_A_CANCEL(
            "ListenContract#shouldCloseTheListenerWhenItsConnectionsAreCancelled",
            () ->
                    new Breakage() {
                        @Override
                        public Flux<Connection> connections(Flux<Connection> connections) {
                            return Tampered.withoutCancel(connections);
                        }
                    }),

    KEEPS_ITS_PORT(
            "ListenContract#shouldGiveItsPortBackWhenItStops",
            () ->
                    new Breakage() {
                        @Override
                        public Mono<Void> stop(Listener listener) {
                            return Mono.empty();
                        }

                        @Override
                        public Mono<Void> onClose(Listener listener) {
                            return Mono.empty();
                        }

                        @Override
                        public void dispose(Listener listener) {
                            /* That is what is wrong with it. */
                        }
                    }),

    LOSES_THE_BACKLOG(
            "ListenContract#shouldTakeTheBacklogWhenItStopsInOrder",
            () ->
                    new Breakage() {
                        @Override
                        public Mono<Void> stop(Listener listener) {
                            return Mono.fromRunnable(listener::dispose).then(listener.onClose());
                        }
                    }),

    HIDES_WHY_IT_CANNOT_BIND(
            "ListenContract#shouldRefuseAPortThatIsInUse",
            () ->
                    new Breakage() {
                        @Override
                        public Mono<Listener> listen(Mono<Listener> listen) {
                            return listen.onErrorMap(
                                    BindFailed.class, e -> new IOException("no", e));
                        }
                    }),

    KEEPS_WHAT_NOBODY_USES(
            "AcceptContract#shouldAbortAConnectionThatNobodyUses",
            () ->
                    new Breakage() {
                        @Override
                        public ListenOptions listenOptions(ListenOptions options) {
                            return options.unclaimedTimeout(Duration.ofHours(1));
                        }
                    }),

    CONNECTS_ALTHOUGH_CANCELLED(
            "ConnectContract#shouldLeaveNothingOfAConnectThatIsCancelledAtAnyPoint",
            () ->
                    new Breakage() {
                        @Override
                        public Mono<Connection> connect(Mono<Connection> connect) {
                            return Tampered.withoutCancel(connect).singleOrEmpty();
                        }
                    }),

    FORGETS_ITS_PEERS_ADDRESS(
            "ConnectContract#shouldTellBothEndsTheirAddresses",
            () ->
                    new Breakage() {
                        @Override
                        public @Nullable InetSocketAddress remoteAddress(Connection connection) {
                            return null;
                        }
                    });

    private final String caughtBy;
    private final Supplier<Breakage> breakages;

    ServeMutant(String caughtBy, Supplier<Breakage> breakages) {
        this.caughtBy = caughtBy;
        this.breakages = breakages;
    }

    @Override
    public String caughtBy() {
        return caughtBy;
    }

    @Override
    public Breakage breakage() {
        return breakages.get();
    }
}
